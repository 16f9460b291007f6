"""Units that read what a sender does not want the unit itself to read."""

from accounts.enums import Role
from accounts.models import Membership, Unit
from accounts.permissions import PERMISSIONS, Permission


def outside_reader(unit: Unit) -> Unit | None:
    """The nearest unit above where somebody may view cases who has no role in ``unit``; else the
    default unit, unless it is ``unit`` or below. None where there is neither."""
    distance = Unit.objects.ancestors(unit.pk)
    active = Unit.objects.active().filter(pk__in=_with_readers(unit, distance))
    above = Unit.objects.above_each(candidate.pk for candidate in active)

    def nearness(candidate: Unit) -> tuple[int, int, int]:
        # A school is directly below its commune and below the department above both.
        return distance[candidate.pk], -len(above[candidate.pk]), candidate.pk

    if nearest := min(active, key=nearness, default=None):
        return nearest
    below = Unit.objects.subtree_ids([unit.pk])
    return Unit.objects.active().filter(is_default=True).exclude(pk__in=below).first()


def _with_readers(unit: Unit, above: dict[int, int]) -> set[int]:
    """Ids of the units above with somebody who may view their cases and has no role in ``unit``."""
    roles: frozenset[Role] = PERMISSIONS[Permission.VIEW_CASES]
    memberships = Membership.objects.filter(
        unit_id__in=above, role__in=[role.value for role in roles], user__is_active=True
    ).exclude(user__memberships__unit=unit)
    return set(memberships.values_list("unit_id", flat=True))
