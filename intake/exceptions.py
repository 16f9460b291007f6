from collections.abc import Mapping, Sequence

from accounts.exceptions import DomainError


class IntakeError(DomainError):
    """Something intake will not do; ``str`` is a human sentence."""


class ValidationError(IntakeError):
    """A submission that cannot be taken as it is.

    ``errors`` holds, per field of ``Submission``, sentences in the reader's language that say
    what to do.
    """

    def __init__(self, errors: Mapping[str, Sequence[str]]) -> None:
        self.errors = {field: list(sentences) for field, sentences in errors.items()}
        super().__init__(" ".join(s for sentences in self.errors.values() for s in sentences))
