"""Roles in units, granted and revoked by the unit's administrators."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.exceptions import AccountsError
from accounts.models import Membership, Unit, User
from accounts.permissions import Permission, acting_unit, check
from audit.domain.log import record
from audit.enums import AuditEvent


def check_can_manage(user: User | None, unit: Unit) -> None:
    """Pass for an administrator of the unit or of one above it, and for the system.

    Raises:
        NotAllowed: for everyone else.
    """
    if user is not None:
        message = _("Only an administrator of this unit can do this.")
        check(user, Permission.MANAGE_UNIT, unit, message)


def managing_unit(user: User | None, unit: Unit) -> Unit | None:
    """The unit in whose name an administrator acts, for the audit record."""
    return acting_unit(user, Permission.MANAGE_UNIT, unit) if user is not None else None


@transaction.atomic
def grant(user: User, unit: Unit, role: Role | str, *, by: User | None) -> Membership:
    """Grant the role; granting it twice changes nothing.

    Raises:
        NotAllowed: ``by`` does not administer the unit.
    """
    check_can_manage(by, unit)
    role = Role(role)
    membership, created = Membership.objects.get_or_create(user=user, unit=unit, role=role)
    if created:
        acting = managing_unit(by, unit)
        record(
            AuditEvent.MEMBERSHIP_GRANTED, unit, by=by, unit=acting, user=user.pk, role=role.value
        )
    return membership


@transaction.atomic
def revoke(membership: Membership, *, by: User | None) -> None:
    """Revoke the role; the person's permissions change with their next request.

    Raises:
        NotAllowed: ``by`` does not administer the unit.
        AccountsError: administrators would lock themselves out.
    """
    unit = membership.unit
    check_can_manage(by, unit)
    if by is not None and membership.user_id == by.pk and membership.role == Role.UNIT_ADMIN:
        raise AccountsError(
            _("You cannot take your own administrator role: ask another administrator.")
        )
    acting = managing_unit(by, unit)
    deleted, _rows = Membership.objects.filter(pk=membership.pk).delete()
    if deleted:
        record(
            AuditEvent.MEMBERSHIP_REVOKED,
            unit,
            by=by,
            unit=acting,
            user=membership.user_id,
            role=membership.role,
        )
