"""Exceptions of refused actions. ``str()`` of each is a sentence for the person who asked."""

from collections.abc import Sequence

from django.utils.functional import Promise

from accounts.exceptions import DomainError


class FactcheckError(DomainError):
    """A rule refused the action; nothing was changed."""

    def __init__(self, message: "str | Promise") -> None:
        super().__init__(message)


class WrongState(FactcheckError):
    """The case, or one of its objects, is not or no longer in the required state."""


class StaleCase(FactcheckError):
    """Someone else changed the case after the page was opened."""


class SecondPersonRequired(FactcheckError):
    """The author of a verdict tried to decide on it."""


class SecondUnitRequired(FactcheckError):
    """A unit tried to decide alone about a claim that concerns it."""


class NobodyToDecide(FactcheckError):
    """No second person who may decide can be reached; the sentence names what to do."""


class EvidenceMissing(FactcheckError):
    """Required evidence or text is missing; ``missing`` has one sentence for each."""

    def __init__(self, missing: Sequence[str]) -> None:
        self.missing = list(missing)
        super().__init__(" ".join(self.missing))


class ValidationError(FactcheckError):
    """Invalid input; the sentence says what to enter instead."""


class FetchFailed(FactcheckError):
    """A page could not be archived; the sentence gives the reason."""
