"""Reviewer pools: units whose reviewers may review each other's cases."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain.memberships import check_can_manage, managing_unit
from accounts.exceptions import AccountsError
from accounts.models import ReviewerPool, Unit, User
from audit.domain.log import record
from audit.enums import AuditEvent


@transaction.atomic
def add(name: str, unit: Unit, *, by: User | None) -> ReviewerPool:
    """Add the unit to the pool of this name, which is created if there is none. Joining lets the
    other units' reviewers read this unit's cases in review, and the reverse, so only someone who
    administers them all may do it.

    Raises:
        NotAllowed: ``by`` does not administer every unit of the pool.
        AccountsError: no name.
    """
    name = " ".join(name.split())
    if not name:
        raise AccountsError(_("Write the name of the pool first."))
    check_can_manage(by, unit)
    pool, _created = ReviewerPool.objects.get_or_create(name=name)
    for member in pool.units.all():
        check_can_manage(by, member)
    pool.units.add(unit)
    acting = managing_unit(by, unit)
    record(AuditEvent.POOL_UNIT_ADDED, pool, by=by, unit=acting, added=unit.pk)
    return pool


@transaction.atomic
def remove(pool: ReviewerPool, unit: Unit, *, by: User | None) -> None:
    """Remove the unit; a pool without units is deleted.

    Raises:
        NotAllowed: ``by`` does not administer the unit.
    """
    check_can_manage(by, unit)
    pool.units.remove(unit)
    acting = managing_unit(by, unit)
    record(AuditEvent.POOL_UNIT_REMOVED, pool, by=by, unit=acting, removed=unit.pk)
    if not pool.units.exists():
        pool.delete()
