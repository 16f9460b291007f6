"""The review network: which units' reviewers can be asked about the cases of a unit, and who they
are. Whether they are independent in one case is decided in ``factcheck.independence``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from accounts.enums import Role
from accounts.models import Membership, ReviewerPool, Unit

_DECIDING_ROLES = (Role.CHECKER, Role.REVIEWER)


@dataclass(frozen=True)
class ReviewNetwork:
    """Ids of units and people, read once for many cases.

    ``above``: a unit → itself and the units above it. ``partners``: a unit → the others in its
    pools. ``reviewers`` and ``checkers``: a unit → active people with that role there. ``roles``:
    a person → every unit in which they have any role.
    """

    above: Mapping[int, set[int]]
    partners: Mapping[int, set[int]]
    reviewers: Mapping[int, set[int]]
    checkers: Mapping[int, set[int]]
    roles: Mapping[int, set[int]]

    def reviewer_units(self, user_id: int) -> set[int]:
        return {unit for unit, people in self.reviewers.items() if user_id in people}


def load(unit_ids: Iterable[int]) -> ReviewNetwork:
    """The network around these units, in five queries whatever their number."""
    above = Unit.objects.above_each(unit_ids)
    near = set().union(*above.values()) if above else set()
    partners = _partners(near)
    candidates = near.union(*partners.values())
    reviewers, checkers = _people(candidates)
    people = set().union(*reviewers.values(), *checkers.values())
    roles: defaultdict[int, set[int]] = defaultdict(set)
    for user, unit in Membership.objects.filter(user__in=people).values_list("user_id", "unit_id"):
        roles[user].add(unit)
    others = candidates.union(*roles.values()) - above.keys()
    above.update(Unit.objects.above_each(others))
    return ReviewNetwork(above, partners, reviewers, checkers, roles)


def _partners(unit_ids: set[int]) -> dict[int, set[int]]:
    """Each unit with the other units of its pools."""
    pools = ReviewerPool.objects.filter(units__in=unit_ids).values("pk")
    members: defaultdict[int, set[int]] = defaultdict(set)
    pairs = ReviewerPool.units.through.objects.filter(reviewerpool__in=pools)
    for pool, unit in pairs.values_list("reviewerpool_id", "unit_id"):
        members[pool].add(unit)
    partners: defaultdict[int, set[int]] = defaultdict(set)
    for units in members.values():
        for unit in units & unit_ids:
            partners[unit] |= units - {unit}
    return dict(partners)


def _people(unit_ids: set[int]) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """Active reviewers and checkers of each unit."""
    deciding = Q(role__in=_DECIDING_ROLES, unit__in=unit_ids, user__is_active=True)
    people: dict[str, defaultdict[int, set[int]]] = {
        role: defaultdict(set) for role in _DECIDING_ROLES
    }
    rows = Membership.objects.filter(deciding).values_list("role", "unit_id", "user_id")
    for role, unit, user in rows:
        people[role][unit].add(user)
    return dict(people[Role.REVIEWER]), dict(people[Role.CHECKER])
