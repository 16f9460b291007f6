"""Role grants that need a second person: proposed by one administrator, confirmed by another.

The second one administers the unit or one above it. Where there is nobody, the operator's command
``manage.py grant_role`` confirms, at any time; the unit's page shows it.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from accounts.domain import guarded_acts, memberships
from accounts.domain.same_person import shared_sign
from accounts.enums import GUARDED_ROLES, GuardedKind, Role
from accounts.exceptions import AccountsError
from accounts.models import GuardedAct, Invitation, Membership, Unit, User
from accounts.permissions import Permission, units_for
from audit.domain.log import record
from audit.enums import AuditEvent


@dataclass(frozen=True)
class Grant:
    """A proposed role as the pages show it; ``refusal``: why the reader cannot confirm it."""

    act: GuardedAct
    unit: Unit
    role: Role
    person: str  # the work name; the address of somebody invited who has no account yet
    email: str
    refusal: Promise | str | None
    is_own: bool  # the reader proposed it and may withdraw it


def _unit_of(act: GuardedAct) -> Unit:
    unit: Unit = Unit.objects.get(pk=int(act.subject.rpartition(":")[2]))
    return unit


def _invitation_of(act: GuardedAct) -> Invitation | None:
    pk = act.details.get("invitation")
    return Invitation.objects.select_related("accepted_by").filter(pk=pk).first() if pk else None


def _person_of(act: GuardedAct) -> User | None:
    """Who gets the role; None until the invitation is accepted."""
    if pk := act.details.get("user"):
        return User.objects.filter(pk=pk).first()
    invitation = _invitation_of(act)
    return invitation.accepted_by if invitation else None


@transaction.atomic
def propose_for_invitation(invitation: Invitation, *, by: User) -> GuardedAct | None:
    """Propose the role that the invitation offers; None for one that needs no second person."""
    if invitation.role not in GUARDED_ROLES:
        return None
    return guarded_acts.propose(
        GuardedKind.ROLE,
        guarded_acts.subject_of(invitation.unit),
        details={"role": invitation.role, "invitation": invitation.pk},
        by=by,
        unit=memberships.managing_unit(by, invitation.unit),
    )


@transaction.atomic
def grant(user: User, unit: Unit, role: Role | str, *, by: User) -> Membership | None:
    """Grant the role, or propose one that needs a second person, which returns None.

    Raises:
        NotAllowed: ``by`` does not administer the unit.
    """
    role = Role(role)
    current = Membership.objects.filter(user=user, unit=unit, role=role).first()
    if role not in GUARDED_ROLES or current is not None:
        return memberships.grant(user, unit, role, by=by)
    memberships.check_can_manage(by, unit)
    subject = guarded_acts.subject_of(unit)
    details = {"role": role.value, "user": user.pk}
    if not guarded_acts.pending(GuardedKind.ROLE, subject).filter(details=details).exists():
        acting = memberships.managing_unit(by, unit)
        guarded_acts.propose(GuardedKind.ROLE, subject, details=details, by=by, unit=acting)
    return None


def _of_invitation(invitation: Invitation) -> QuerySet[GuardedAct]:
    acts = GuardedAct.objects.filter(kind=GuardedKind.ROLE, ended_at__isnull=True)
    return acts.filter(details__invitation=invitation.pk)


def complete_invitation(invitation: Invitation, user: User) -> Membership | None:
    """Give the role of an accepted invitation; None while a second person has not confirmed it.

    An invitation from before this rule is proposed now, in the name of who sent it.
    """
    role = Role(invitation.role)
    if role not in GUARDED_ROLES:
        return memberships.create(user, invitation.unit, role, act=None, by=None)
    act = _of_invitation(invitation).last()
    if act is None:
        propose_for_invitation(invitation, by=invitation.invited_by)
        return None
    if not act.is_confirmed:
        return None
    return memberships.create(user, invitation.unit, role, act=act, by=None)


def cancel_invitation(invitation: Invitation, *, by: User) -> None:
    """End what was proposed or confirmed for an invitation that is withdrawn unaccepted."""
    unit = memberships.managing_unit(by, invitation.unit)
    for act in _of_invitation(invitation):
        end = guarded_acts.withdraw if act.is_pending else guarded_acts.revoke
        end(act, by=by, unit=unit)


def _give(act: GuardedAct, by: User | None) -> Membership | None:
    user = _person_of(act)
    if user is None:
        return None
    return memberships.create(user, _unit_of(act), Role(act.details["role"]), act=act, by=by)


@transaction.atomic
def confirm(act: GuardedAct, *, by: User) -> Membership | None:
    """Confirm as the second administrator; None where the invitation is still to be accepted.

    Raises:
        NotAllowed: ``by`` does not administer the unit, or proposed it.
        AccountsError: it was decided or withdrawn in the meantime.
    """
    unit = _unit_of(act)
    memberships.check_can_manage(by, unit)
    guarded_acts.confirm(act, by=by, unit=memberships.managing_unit(by, unit))
    return _give(act, by)


@transaction.atomic
def confirm_by_operator(act: GuardedAct) -> Membership | None:
    """The same from the server's command line."""
    guarded_acts.confirm_by_operator(act)
    return _give(act, None)


@transaction.atomic
def decline(act: GuardedAct, *, reason: str = "", by: User) -> None:
    """Refuse the proposal, or withdraw one's own; an invitation not yet accepted ends with it.

    Raises:
        NotAllowed: ``by`` does not administer the unit.
        AccountsError: it was decided in the meantime.
    """
    unit = _unit_of(act)
    memberships.check_can_manage(by, unit)
    acting = memberships.managing_unit(by, unit)
    if act.proposed_by_id == by.pk:
        guarded_acts.withdraw(act, by=by, unit=acting)
    else:
        guarded_acts.decline(act, reason=reason, by=by, unit=acting)
    invitation = _invitation_of(act)
    if invitation is not None and invitation.accepted_at is None:
        record(AuditEvent.INVITATION_CANCELLED, invitation, by=by, unit=acting)
        invitation.delete()


def pending_for(email: str, unit: Unit, role: Role) -> GuardedAct | None:
    """The proposal that the operator's command confirms: of an account or an invited address."""
    acts = guarded_acts.pending(GuardedKind.ROLE, guarded_acts.subject_of(unit))
    for act in acts.filter(details__role=role.value):
        user, invitation = _person_of(act), _invitation_of(act)
        if email in {user.email if user else "", invitation.email if invitation else ""}:
            return act
    return None


@transaction.atomic
def grant_by_operator(email: str, unit: Unit, role: Role) -> Membership | None:
    """Confirm what is proposed for this address, or give the role to its account at once.

    Raises:
        AccountsError: there is neither a proposal nor an account.
    """
    act = pending_for(email, unit, role)
    if act is not None:
        return confirm_by_operator(act)
    user = User.objects.filter(email=email).first()
    if user is None:
        raise AccountsError(_("Nobody with this address has an account or an invitation."))
    return memberships.grant(user, unit, role, by=None)


def as_grant(act: GuardedAct, reader: User | None) -> Grant:
    """The proposal as a page shows it to the reader, or a terminal to the operator."""
    user, invitation = _person_of(act), _invitation_of(act)
    email = user.email if user else invitation.email if invitation else ""
    refusal: Promise | str | None = None
    if reader is not None:
        proposer = act.proposed_by
        refusal = shared_sign(proposer, reader) if proposer else _("Only the operator can do this.")
    is_own = reader is not None and act.proposed_by_id == reader.pk
    person = user.handle if user else email
    return Grant(act, _unit_of(act), Role(act.details["role"]), person, email, refusal, is_own)


def pending_in(unit: Unit, reader: User) -> list[Grant]:
    """Roles of the unit that wait for their second person, oldest first."""
    acts = guarded_acts.pending(GuardedKind.ROLE, guarded_acts.subject_of(unit))
    return [as_grant(act, reader) for act in acts.select_related("proposed_by")]


def waiting_units(reader: User) -> list[Unit]:
    """Units that the reader administers where a role waits that somebody else proposed."""
    acts = guarded_acts.pending(GuardedKind.ROLE).exclude(proposed_by=reader)
    ids = {int(subject.rpartition(":")[2]) for subject in acts.values_list("subject", flat=True)}
    if not ids:
        return []
    managed = ids & units_for(reader, Permission.MANAGE_UNIT)
    return list(Unit.objects.filter(pk__in=managed).order_by("name"))


def waiting_for(user: User) -> list[Grant]:
    """Roles that the user will have once a second person confirms them."""
    accepted = list(Invitation.objects.filter(accepted_by=user).values_list("pk", flat=True))
    acts = guarded_acts.pending(GuardedKind.ROLE).filter(
        Q(details__user=user.pk) | Q(details__invitation__in=accepted)
    )
    return [as_grant(act, user) for act in acts]


def second_administrators(unit: Unit, reader: User) -> int:
    """How many other people could confirm a role that the reader proposes in the unit."""
    above = Unit.objects.ancestors(unit.pk)
    rows = User.objects.filter(
        is_active=True, memberships__unit__in=above, memberships__role=Role.UNIT_ADMIN
    )
    return rows.exclude(pk=reader.pk).distinct().count()
