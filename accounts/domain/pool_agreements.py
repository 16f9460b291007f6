"""Reviewer pools by agreement: an administrator of one unit proposes, one of the other accepts.

For units that no single person administers, such as two departments or two communes.
"""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.domain import guarded_acts
from accounts.domain.guarded_acts import subject_of
from accounts.domain.memberships import check_can_manage, managing_unit
from accounts.enums import GuardedKind
from accounts.exceptions import AccountsError
from accounts.models import GuardedAct, ReviewerPool, Unit, User
from audit.domain.log import record
from audit.enums import AuditEvent


def proposals_to(unit: Unit) -> QuerySet[GuardedAct]:
    """Open proposals that this unit may accept; ``proposed_unit`` is the one that asks."""
    return guarded_acts.pending(GuardedKind.POOL, subject_of(unit)).select_related("proposed_unit")


def proposals_by(unit: Unit) -> QuerySet[GuardedAct]:
    """Open proposals that this unit made."""
    return guarded_acts.pending(GuardedKind.POOL).filter(proposed_unit=unit)


def asked_unit(act: GuardedAct) -> Unit:
    """The unit that a proposal asks."""
    unit: Unit = Unit.objects.get(pk=act.details["other"])
    return unit


def _are_pooled(unit: Unit, other: Unit) -> bool:
    return ReviewerPool.objects.filter(units=unit).filter(units=other).exists()


@transaction.atomic
def propose(unit: Unit, other: Unit, *, by: User) -> GuardedAct:
    """Ask another unit to review each other's cases.

    Raises:
        NotAllowed: ``by`` does not administer ``unit``.
        AccountsError: the same unit, one above or below the other, or a pool that exists or was
            proposed already.
    """
    check_can_manage(by, unit)
    if other.pk in Unit.objects.subtree_ids([unit.pk]) or other.pk in Unit.objects.ancestors(
        unit.pk
    ):
        raise AccountsError(
            _("Choose a unit that is neither above nor below this one: those are no outsiders.")
        )
    both = Q(proposed_unit=unit, subject=subject_of(other)) | Q(
        proposed_unit=other, subject=subject_of(unit)
    )
    if _are_pooled(unit, other) or guarded_acts.pending(GuardedKind.POOL).filter(both).exists():
        raise AccountsError(_("These two units have a pool, or one of them has proposed it."))
    details = {"unit": unit.pk, "other": other.pk}
    return guarded_acts.propose(
        GuardedKind.POOL, subject_of(other), details=details, by=by, unit=unit
    )


@transaction.atomic
def accept(act: GuardedAct, *, by: User) -> ReviewerPool:
    """Accept the proposal: from now on both units' reviewers may review each other's cases.

    Raises:
        NotAllowed: ``by`` does not administer the unit that was asked.
        SamePerson: the proposer, or an account that counts as theirs.
        AccountsError: it was decided or withdrawn in the meantime.
    """
    other = asked_unit(act)
    check_can_manage(by, other)
    guarded_acts.confirm(act, by=by, unit=managing_unit(by, other))
    unit = Unit.objects.get(pk=act.details["unit"])
    pool = ReviewerPool.objects.create(name=_pool_name(unit, other))
    pool.units.set([unit, other])
    for member in (unit, other):
        record(
            AuditEvent.POOL_UNIT_ADDED, pool, by=by, unit=other, added=member.pk, agreement=act.pk
        )
    return pool


def _pool_name(unit: Unit, other: Unit) -> str:
    """A name that no pool has: both units, by their codes where the names are taken or long."""
    names = f"{unit.short_name or unit.name} – {other.short_name or other.name}"
    if len(names) > 120 or ReviewerPool.objects.filter(name=names).exists():
        return f"{unit.code[:50]} – {other.code[:50]} #{unit.pk}.{other.pk}"
    return names


@transaction.atomic
def decline(act: GuardedAct, *, by: User) -> None:
    """Refuse the proposal.

    Raises:
        NotAllowed: ``by`` does not administer the unit that was asked.
    """
    other = asked_unit(act)
    check_can_manage(by, other)
    guarded_acts.decline(act, by=by, unit=managing_unit(by, other))


@transaction.atomic
def withdraw(act: GuardedAct, *, by: User) -> None:
    """Take the proposal back.

    Raises:
        NotAllowed: ``by`` does not administer the unit that proposed it.
    """
    unit = Unit.objects.get(pk=act.details["unit"])
    check_can_manage(by, unit)
    guarded_acts.withdraw(act, by=by, unit=unit)
