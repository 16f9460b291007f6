"""Permission checks as a page shows them: whether one passes, and the reason where it does not."""

from collections.abc import Callable

from accounts.exceptions import DomainError


def passes(check: Callable[..., object], *args: object) -> bool:
    """Whether a check of ``permissions`` passes: buttons and handlers share it."""
    try:
        check(*args)
    except DomainError:
        return False
    return True


def refusal_reason(check: Callable[..., object], *args: object) -> str:
    """The sentence with which a check refuses, or "" where it passes."""
    try:
        check(*args)
    except DomainError as refusal:
        return str(refusal)
    return ""
