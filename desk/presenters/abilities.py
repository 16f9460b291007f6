"""Permission checks as a page shows them: buttons by verb, and the reason for a missing one."""

from collections.abc import Callable

from accounts.exceptions import DomainError
from accounts.models import User
from factcheck import permissions
from factcheck.models import Case


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


def abilities(case: Case, user: User) -> dict[str, bool]:
    """``permissions.abilities`` by verb, so that a template reads ``can.take``."""
    answers = permissions.abilities(case, user)
    return {name.removeprefix("can_"): answer for name, answer in answers.items()}
