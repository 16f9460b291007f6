"""Authority: every act that changes what an asker is told passes here, and gets its row.

A verdict is the act of publishing, correcting, retracting and replying privately: submitting it is
the proposal, the second person's approval the confirmation. Who may do either is decided by
``factcheck.permissions``; that both are two people is checked again here and by the database, which
refuses an approved verdict without its confirmed act.
"""

from django.utils.translation import gettext as _

from accounts import permissions as roles
from accounts.domain import guarded_acts
from accounts.enums import GuardedKind, Role
from accounts.exceptions import NotAllowed
from accounts.models import GuardedAct, Membership, Unit, User
from accounts.permissions import Permission
from factcheck.exceptions import WrongState
from factcheck.models import ScamFamily, Source, Verdict


def propose_verdict(verdict: Verdict) -> GuardedAct:
    """Put the submitted verdict before a second person, in the name of its author."""
    details = {"case": verdict.case_id, "kind": str(verdict.kind), "rating": verdict.rating}
    return guarded_acts.propose(
        GuardedKind.VERDICT,
        guarded_acts.subject_of(verdict),
        details={**details, "reach": verdict.reach},
        by=verdict.written_by,
        unit=verdict.author_unit,
    )


def _pending(verdict: Verdict) -> GuardedAct:
    """Its proposal; made now for a verdict that was submitted before acts were recorded."""
    subject = guarded_acts.subject_of(verdict)
    act = guarded_acts.pending(GuardedKind.VERDICT, subject).last()
    return act or propose_verdict(verdict)


def confirm_verdict(verdict: Verdict, *, by: User, unit: Unit) -> GuardedAct:
    """Confirm the verdict in the reviewer's name, before its row becomes approved.

    Raises:
        SamePerson: author and reviewer seem to be one person.
    """
    return guarded_acts.confirm(_pending(verdict), by=by, unit=unit)


def decline_verdict(verdict: Verdict, *, by: User, unit: Unit) -> GuardedAct:
    """Note that the second person returned it; the reason stays with the verdict."""
    return guarded_acts.decline(_pending(verdict), by=by, unit=unit)


def end_verdict(verdict: Verdict, *, by: User | None) -> None:
    """End the act of a verdict that is withdrawn, whether still in review or already approved."""
    subject = guarded_acts.subject_of(verdict)
    unit = verdict.case.unit
    for act in guarded_acts.pending(GuardedKind.VERDICT, subject):
        guarded_acts.withdraw(act, by=by, unit=unit)
    for act in guarded_acts.confirmed(GuardedKind.VERDICT, subject):
        guarded_acts.revoke(act, by=by, unit=unit)


def propose_family(family: ScamFamily) -> GuardedAct:
    """Put a family of scam wordings before a second person, in the name of its author."""
    return guarded_acts.propose(
        GuardedKind.FAMILY,
        guarded_acts.subject_of(family),
        details={"rating": family.rating, "wordings": family.wordings.count()},
        by=family.written_by,
        unit=family.unit,
    )


def _pending_family(family: ScamFamily) -> GuardedAct:
    act = guarded_acts.pending(GuardedKind.FAMILY, guarded_acts.subject_of(family)).last()
    return act or propose_family(family)


def confirm_family(family: ScamFamily, *, by: User, unit: Unit) -> GuardedAct:
    """Confirm the family before it answers. Raises SamePerson."""
    return guarded_acts.confirm(_pending_family(family), by=by, unit=unit)


def decline_family(family: ScamFamily, *, by: User, unit: Unit) -> GuardedAct:
    """Note that the second person returned the family; the reason stays with it."""
    return guarded_acts.decline(_pending_family(family), by=by, unit=unit)


def pending_retirement(family: ScamFamily) -> GuardedAct | None:
    """The proposal that an approved family no longer answers, if there is one."""
    subject = guarded_acts.subject_of(family)
    return guarded_acts.pending(GuardedKind.FAMILY_RETIRED, subject).last()


def propose_retirement(family: ScamFamily, *, reason: str, by: User) -> GuardedAct:
    """Propose that an approved family no longer answers."""
    subject = guarded_acts.subject_of(family)
    return guarded_acts.propose(
        GuardedKind.FAMILY_RETIRED, subject, reason=reason, by=by, unit=family.unit
    )


def confirm_retirement(family: ScamFamily, *, by: User, unit: Unit) -> GuardedAct:
    """Confirm it as another person.

    Raises:
        WrongState: nobody has proposed it.
        SamePerson: proposer and confirmer seem to be one person.
    """
    act = pending_retirement(family)
    if act is None:
        raise WrongState(_("Somebody has to propose this first."))
    return guarded_acts.confirm(act, by=by, unit=unit)


def is_installation_administrator(user: User) -> bool:
    """Whether the person keeps what all units share: a superuser, or an administrator of the
    default unit."""
    default = Unit.objects.filter(is_default=True)
    role = Membership.objects.filter(user=user, unit__in=default, role=Role.UNIT_ADMIN)
    return bool(user.is_active and (user.is_superuser or role.exists()))


def source_units(user: User) -> list[Unit]:
    """The units for which the person may propose entries of their own in the registry."""
    if not user.is_active:
        return []
    managing = roles.PERMISSIONS[Permission.MANAGE_SOURCES]
    rows = user.memberships.filter(role__in=[role.value for role in managing])
    return list(Unit.objects.filter(pk__in=rows.values("unit")).order_by("name"))


def check_can_propose_source(unit: Unit | None, user: User) -> Unit | None:
    """Pass where the person may propose for this part of the registry; the unit they act for.

    Raises:
        NotAllowed: for a shared entry (None) by anyone but the installation's administrators, for
            a unit's own by anyone without a role there or above.
    """
    if unit is None:
        if is_installation_administrator(user):
            return None
        raise NotAllowed(
            _("All units share this entry: only administrators of the installation may propose it.")
        )
    acting = roles.acting_unit(user, Permission.MANAGE_SOURCES, unit)
    if acting is None and not is_installation_administrator(user):
        raise NotAllowed(_("Your role does not include the sources of this unit."))
    return acting


def check_can_confirm_source(source: Source, user: User) -> Unit | None:
    """The same for the second person. An official entry of a unit that has one above it is not
    confirmed inside the unit: two colleagues could name a blog as an office.

    Raises:
        NotAllowed: as above, or for a colleague where the unit above has to confirm.
    """
    acting = check_can_propose_source(source.unit, user)
    unit = source.unit
    if unit is None or acting is None or acting.pk != unit.pk or not source.is_official:
        return acting
    if set(Unit.objects.ancestors(unit.pk)) == {unit.pk}:
        return acting
    raise NotAllowed(_("The unit above has to confirm an official source of this unit."))
