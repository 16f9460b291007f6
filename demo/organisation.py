"""Units, reviewer pools and accounts of the demo."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password

from accounts.domain import kinds, links, memberships, pools, units
from accounts.enums import LinkKind, Role
from accounts.models import Unit, User
from audit.domain import log
from audit.enums import AuditEvent
from demo import stories

PASSWORD = "kiem-tin-demo"  # noqa: S105  (printed at the start; only where settings.DEMO is set)
FOUNDED = date(2025, 7, 1)  # since then there are two tiers


@dataclass(frozen=True)
class Team:
    """The accounts that work on a story: three people where the unit has them."""

    checker: str
    reviewer: str
    approver: str


TEAMS = {
    "department": Team("checker", "reviewer", "approver"),
    "binhlam": Team("binhlam-checker", "binhlam-reviewer", "binhlam-reviewer"),
    "ward": Team("ward", "other-school", "ward"),
    "school": Team("school-checker", "other-school", "school-approver"),
}
# Merging cases of several units takes someone of a unit above them all.
MERGING_ACCOUNTS = {"binhlam": "binhlam-checker"}
DEPARTMENT_CHECKER = "checker"


def create() -> None:
    """Create units, pools and users in file order: parents come before their children."""
    data = stories.organisation()
    kinds.ensure()
    for raw in data["unit"]:
        _create_unit(raw)
    for raw in data["pool"]:
        _create_pool(raw)
    hashed = make_password(PASSWORD)  # once: hashing is slow on purpose
    for raw in data["user"]:
        _create_user(raw, hashed)


def _create_unit(raw: dict[str, Any]) -> None:
    unit = units.create(
        code=raw["code"],
        name=raw["name"],
        short_name=raw.get("short", ""),
        kind=raw["kind"],
        valid_from=FOUNDED,
        by=None,
    )
    if raw.get("default") and not unit.is_default:
        units.make_default(unit, by=None)
    for kind in LinkKind:
        if parent := raw.get(kind.value):
            parent_unit = Unit.objects.get(code=parent)
            links.link(parent_unit, unit, kind, valid_from=FOUNDED, by=None)


def _create_pool(raw: dict[str, Any]) -> None:
    for code in raw["units"]:
        pools.add(raw["name"], Unit.objects.get(code=code), by=None)


def _create_user(raw: dict[str, Any], hashed: str) -> None:
    user = User.objects.create_user(raw["email"], handle=raw["handle"])
    user.password = hashed
    user.save(update_fields=["password"])
    log.record(AuditEvent.ACCOUNT_CREATED, user, by=None)
    for role, code in raw["roles"]:
        memberships.grant(user, Unit.objects.get(code=code), Role(role), by=None)


def account(name: str) -> User:
    return User.objects.get(email=f"{name}@demo.example")


def accounts() -> list[tuple[str, str]]:
    """E-mail and roles, as printed at the start."""
    return [
        (raw["email"], ", ".join(f"{role} @ {unit}" for role, unit in raw["roles"]))
        for raw in stories.organisation()["user"]
    ]
