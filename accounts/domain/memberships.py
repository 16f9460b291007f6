"""Roles in units: given and revoked. A role that needs a second person passes ``role_grants``."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.domain import guarded_acts
from accounts.enums import GUARDED_ROLES, GuardedKind, Role
from accounts.exceptions import AccountsError, NotAllowed
from accounts.models import GuardedAct, Membership, Unit, User
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


def _operators_act(user: User, unit: Unit, role: Role) -> GuardedAct:
    """The act of a role that a command on the server gives: there is no second person to ask."""
    act = guarded_acts.propose(
        GuardedKind.ROLE,
        guarded_acts.subject_of(unit),
        details={"role": role.value, "user": user.pk},
        by=None,
        unit=None,
    )
    return guarded_acts.confirm_by_operator(act)


@transaction.atomic
def create(
    user: User, unit: Unit, role: Role, *, act: GuardedAct | None, by: User | None
) -> Membership:
    """Store the role with the act that stands behind it; a role held already changes nothing."""
    current = Membership.objects.filter(user=user, unit=unit, role=role).first()
    if current is not None:
        return current
    membership = Membership.objects.create(user=user, unit=unit, role=role, act=act)
    record(
        AuditEvent.MEMBERSHIP_GRANTED,
        unit,
        by=by,
        unit=managing_unit(by, unit),
        user=user.pk,
        role=role.value,
        act=act.pk if act else None,
    )
    return membership


@transaction.atomic
def grant(user: User, unit: Unit, role: Role | str, *, by: User | None) -> Membership:
    """Grant the role at once; granting it twice changes nothing.

    Raises:
        NotAllowed: ``by`` does not administer the unit, or the role needs a second person.
    """
    check_can_manage(by, unit)
    role = Role(role)
    current = Membership.objects.filter(user=user, unit=unit, role=role).first()
    if current is not None:
        return current
    if role not in GUARDED_ROLES:
        return create(user, unit, role, act=None, by=by)
    if by is not None:
        raise NotAllowed(_("This role needs a second person, who confirms it."))
    return create(user, unit, role, act=_operators_act(user, unit, role), by=None)


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
    current = Membership.objects.select_for_update().filter(pk=membership.pk).first()
    if current is None:
        return
    if current.act is not None and current.act.is_confirmed:
        guarded_acts.revoke(current.act, by=by, unit=acting)
    current.delete()
    record(
        AuditEvent.MEMBERSHIP_REVOKED,
        unit,
        by=by,
        unit=acting,
        user=membership.user_id,
        role=membership.role,
    )
