"""Rules that said no. ``str()`` of each is a sentence for the person who asked."""

from collections.abc import Sequence

from django.utils.functional import Promise

from accounts.exceptions import DomainError


class FactcheckError(DomainError):
    """A rule of the work refused; nothing was changed."""

    def __init__(self, message: "str | Promise") -> None:
        super().__init__(message)


class WrongState(FactcheckError):
    """The case (or what belongs to it) is at another stage, perhaps since a moment ago."""


class StaleCase(FactcheckError):
    """Someone else changed the case after the page was opened."""


class SecondPersonRequired(FactcheckError):
    """The person who wrote it asked to decide on it."""


class SecondUnitRequired(FactcheckError):
    """The unit the claim is about asked to decide about itself alone."""


class EvidenceMissing(FactcheckError):
    """Something the rules ask for is not there; ``missing`` holds one sentence for each."""

    def __init__(self, missing: Sequence[str]) -> None:
        self.missing = list(missing)
        super().__init__(" ".join(self.missing))


class ValidationError(FactcheckError):
    """What was entered cannot be used; the sentence says what to enter instead."""


class FetchFailed(FactcheckError):
    """A page could not be archived; the sentence says why."""
