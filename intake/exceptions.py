from collections.abc import Mapping, Sequence

from accounts.exceptions import DomainError


class IntakeError(DomainError):
    """An action that intake refuses; ``str`` is a sentence for the person."""


class ValidationError(IntakeError):
    """A submission that cannot be stored as it is.

    ``errors`` maps fields of ``Submission`` to sentences in the reader's language that say what to
    do.
    """

    def __init__(self, errors: Mapping[str, Sequence[str]]) -> None:
        self.errors = {field: list(sentences) for field, sentences in errors.items()}
        super().__init__(" ".join(s for sentences in self.errors.values() for s in sentences))
