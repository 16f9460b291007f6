"""The permission table, and the functions that evaluate it.

A role counts in the unit of its membership and in every unit below it on the day. Each function
reads the database again, so a revoked role ends with the next request.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import TypeGuard

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.exceptions import NotAllowed
from accounts.models import Unit, User

AnyUser = User | AnonymousUser | None  # None: nobody, or the system


class Permission(StrEnum):
    VIEW_CASES = "view_cases"
    TRIAGE = "triage"
    EXCLUDE = "exclude"  # from matching
    CHECK = "check"
    REVIEW = "review"
    PUBLISH = "publish"
    MANAGE_SOURCES = "manage_sources"
    MANAGE_UNIT = "manage_unit"


# A unit administrator sees no case and a reporter nothing at all: least privilege. Nobody gets an
# editorial permission by administering, and none comes with being a superuser.
PERMISSIONS: dict[Permission, frozenset[Role]] = {
    Permission.VIEW_CASES: frozenset({Role.CHECKER, Role.REVIEWER, Role.APPROVER}),
    Permission.TRIAGE: frozenset({Role.CHECKER, Role.REVIEWER}),
    Permission.EXCLUDE: frozenset({Role.CHECKER, Role.REVIEWER}),
    Permission.CHECK: frozenset({Role.CHECKER}),
    Permission.REVIEW: frozenset({Role.REVIEWER}),
    Permission.PUBLISH: frozenset({Role.APPROVER}),
    Permission.MANAGE_SOURCES: frozenset({Role.REVIEWER, Role.APPROVER, Role.UNIT_ADMIN}),
    Permission.MANAGE_UNIT: frozenset({Role.UNIT_ADMIN}),
}
OUTSIDE_OFFICE = "outside_office"  # kind of the units of guest reviewers: nobody administers them
SUPERUSER = frozenset({Permission.MANAGE_SOURCES, Permission.MANAGE_UNIT})


def _is_staff(user: AnyUser) -> TypeGuard[User]:
    return bool(user and user.is_authenticated and user.is_active)


def _membership_unit_ids(user: User, roles: Iterable[Role]) -> set[int]:
    memberships = user.memberships.filter(role__in=[role.value for role in roles])
    return set(memberships.values_list("unit_id", flat=True))


def _has_everywhere(user: User, permission: Permission) -> bool:
    return permission in SUPERUSER and user.is_superuser


def units_for(user: AnyUser, permission: Permission, on: date | None = None) -> set[int]:
    """Ids of every unit in which the user has the permission, subordinate units included.

    Empty for nobody signed in and for a closed account.
    """
    if not _is_staff(user):
        return set()
    if _has_everywhere(user, permission):
        return set(Unit.objects.exclude(kind__code=OUTSIDE_OFFICE).values_list("id", flat=True))
    roots = _membership_unit_ids(user, PERMISSIONS[permission])
    return set(Unit.objects.subtree_ids(roots, on)) if roots else set()


def acting_unit(user: AnyUser, permission: Permission, for_unit: Unit) -> Unit | None:
    """The unit in whose name the user acts for ``for_unit``: that unit itself, else the nearest
    one above it where the user has a role with the permission. None: the user may not act."""
    if not _is_staff(user):
        return None
    roots = _membership_unit_ids(user, PERMISSIONS[permission])
    if not roots:
        return None
    distance = Unit.objects.ancestors(for_unit.pk)
    nearest = min(((distance[pk], pk) for pk in roots if pk in distance), default=None)
    unit: Unit | None = Unit.objects.get(pk=nearest[1]) if nearest else None
    return unit


def permissions_in(user: AnyUser, unit: Unit) -> set[Permission]:
    """Every permission the user has in the unit, by a role there or above; two queries."""
    if not _is_staff(user):
        return set()
    ancestors = Unit.objects.ancestors(unit.pk)
    memberships = user.memberships.values_list("unit_id", "role")
    roles = {role for unit_id, role in memberships if unit_id in ancestors}
    granted = {permission for permission, allowed in PERMISSIONS.items() if roles & allowed}
    return granted | SUPERUSER if user.is_superuser else granted


def has(user: AnyUser, permission: Permission, unit: Unit) -> bool:
    return permission in permissions_in(user, unit)


def check(user: AnyUser, permission: Permission, unit: Unit, message: str | None = None) -> None:
    """Raise unless the user has the permission in the unit.

    Raises:
        NotAllowed: with ``message`` or a general sentence.
    """
    if not has(user, permission, unit):
        raise NotAllowed(message or _("Your role in this unit does not allow this."))


def review_units(user: AnyUser) -> list[Unit]:
    """The units where the user is a reviewer."""
    if not _is_staff(user):
        return []
    roots = _membership_unit_ids(user, PERMISSIONS[Permission.REVIEW])
    return list(Unit.objects.filter(pk__in=roots))


def may_review_for(user: AnyUser, unit: Unit) -> list[Unit]:
    """The user's reviewer units that may review a case of ``unit``: itself, one above it, or one
    in the same reviewer pool. Whether the case concerns the unit itself is checked elsewhere."""
    candidates = review_units(user)
    if not candidates:
        return []
    eligible = set(Unit.objects.ancestors(unit.pk))
    eligible.update(Unit.objects.filter(reviewer_pools__units=unit).values_list("pk", flat=True))
    return [candidate for candidate in candidates if candidate.pk in eligible]
