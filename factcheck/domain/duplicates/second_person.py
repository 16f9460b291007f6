"""Joining and splitting at an answered case: proposed by one person, confirmed by another who is
independent of the units that either case is about. Until then nobody is told anything.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import permissions as roles
from accounts.domain import guarded_acts
from accounts.domain.guarded_acts import subject_of
from accounts.enums import GuardedKind
from accounts.exceptions import DomainError, NotAllowed
from accounts.models import GuardedAct, Unit, User
from accounts.permissions import Permission
from factcheck import merge_tree, permissions, workflow
from factcheck.domain.duplicates import merging, proposed_texts
from factcheck.exceptions import SecondUnitRequired, WrongState
from factcheck.independence import Independence
from factcheck.models import Case
from intake.models import Report

KINDS = (GuardedKind.MERGE, GuardedKind.SPLIT)


@dataclass(frozen=True)
class WaitingDecision:
    """A proposal with what it is about: ``case`` joins or leaves ``other``; ``report`` is the one
    that would be split off."""

    act: GuardedAct
    case: Case
    other: Case
    report: Report | None = None

    @property
    def texts(self) -> tuple[str, str]:
        """Everything that would be answered, and the claim that is; the second person compares
        them."""
        if self.report is None:
            return "\n".join(proposed_texts.distinct_texts(self.case)), self.other.claim
        words = (self.report.text, self.report.question)
        return "\n".join(text for text in words if text), self.other.claim

    @property
    def is_outdated(self) -> bool:
        """Whether what would be merged is no longer what was proposed."""
        if self.act.kind != GuardedKind.MERGE:
            return False
        proposed: str = self.act.details.get("texts", "none")
        return proposed != proposed_texts.digest(self.case, self.other)


def waiting(case: Case) -> list[WaitingDecision]:
    """Proposals that wait for their second person and are about this case, oldest first."""
    readable = [decision for act in _pending() if (decision := _read(act))]
    return [decision for decision in readable if case in (decision.case, decision.other)]


def waiting_for(user: User) -> list[WaitingDecision]:
    """Those that the user may confirm."""
    readable = [decision for act in _pending() if (decision := _read(act))]
    return [decision for decision in readable if _may_confirm(decision, user)]


def _may_confirm(decision: WaitingDecision, user: User) -> bool:
    try:
        confirming_unit(decision, user)
    except DomainError:
        return False
    return True


def _pending() -> list[GuardedAct]:
    waits = GuardedAct.objects.filter(confirmed_at__isnull=True, ended_at__isnull=True)
    return list(waits.filter(kind__in=KINDS).select_related("proposed_by", "proposed_unit"))


def _read(act: GuardedAct) -> WaitingDecision | None:
    case = Case.objects.filter(pk=act.subject.rpartition(":")[2]).select_related("unit").first()
    if case is None:
        return None
    if report_id := act.details.get("report"):
        report = Report.objects.filter(pk=report_id).select_related("unit").first()
        return WaitingDecision(act, case, case, report) if report else None
    other = Case.objects.filter(pk=act.details.get("into")).select_related("unit").first()
    return WaitingDecision(act, case, other) if other else None


def get(pk: int) -> WaitingDecision | None:
    """The proposal with this id, if it still waits."""
    act = next((act for act in _pending() if act.pk == pk), None)
    return _read(act) if act else None


def confirming_unit(decision: WaitingDecision, user: User) -> Unit:
    """The unit in whose name the user may confirm the proposal.

    Raises:
        SamePerson: the proposer.
        NotAllowed: no role at either case.
        SecondUnitRequired: one of the cases is about every unit they could act for.
    """
    guarded_acts.check_two_people(decision.act, user)
    cases = [decision.case, decision.other]
    independence = Independence(cases)
    reaches = [independence.reach(case) for case in cases]
    reviewing = [pk for case in cases for pk in independence.units_of(case, user.pk)]
    acting = [roles.acting_unit(user, Permission.TRIAGE, case.unit) for case in cases]
    units = [*(unit for unit in acting if unit), *Unit.objects.filter(pk__in=reviewing)]
    if not units:
        raise NotAllowed(_("You have no role at either of the two cases."))
    own = {unit.pk for unit in units} | set(user.memberships.values_list("unit_id", flat=True))
    above = Unit.objects.above_each(own)
    # What both are about bars as on the second one: its evidence may be the office's own word.
    strict = reaches[1].strict | (reaches[0].strict - reaches[1].concerned)
    concerned = reaches[0].concerned | reaches[1].concerned
    if any(pk in concerned or above[pk] & strict for pk in own):
        raise SecondUnitRequired(
            _("One of the two is about your unit or one above it: somebody outside has to confirm.")
        )
    return units[0]


def _propose(kind: GuardedKind, case: Case, details: dict[str, Any], reason: str, by: User) -> None:
    unit = roles.acting_unit(by, Permission.TRIAGE, case.unit)
    for act in guarded_acts.pending(kind, subject_of(case)):
        if act.details == details:
            raise WrongState(_("This has been proposed already and waits for a second person."))
        if kind == GuardedKind.MERGE and act.details.get("into") == details["into"]:
            guarded_acts.withdraw(act, by=by, unit=unit)  # other texts: it cannot be confirmed
    guarded_acts.propose(kind, subject_of(case), details=details, reason=reason, by=by, unit=unit)


@transaction.atomic
def merge(case: Case, into: Case, *, reason: str = "", by: User) -> bool:
    """Merge the case; into an answered one propose it instead. Returns whether it is merged."""
    into = merge_tree.canonical(into)
    if not merging.is_answered(into):
        merging.merge(case, into, reason=reason, by=by)
        return True
    merging.check_can_merge(case, into, by=by)
    details = {"into": into.pk, "texts": proposed_texts.digest(case, into)}
    _propose(GuardedKind.MERGE, case, details, reason, by)
    return False


@transaction.atomic
def unmerge(case: Case, *, by: User) -> bool:
    """Undo the merge; out of an answered case propose it instead."""
    into = merge_tree.canonical(case)
    if not merging.is_answered(into):
        merging.unmerge(case, by=by)
        return True
    merging.check_can_unmerge(case, by=by)
    _propose(GuardedKind.SPLIT, case, {"into": into.pk}, "", by)
    return False


@transaction.atomic
def split(report: Report, *, reason: str = "", by: User) -> Case | None:
    """Split the report off; from an answered case propose it instead, and return None."""
    root = merging.check_can_split(report, by=by)
    if not merging.is_answered(root):
        return merging.split(report, reason=reason, by=by)
    _propose(GuardedKind.SPLIT, root, {"report": report.pk}, reason, by)
    return None


@transaction.atomic
def confirm(decision: WaitingDecision, *, by: User) -> Case:
    """Carry the proposal out in the name of both people; returns the case that joined or left.

    Raises:
        WrongState: what would be merged has changed since it was proposed.
    """
    for row in sorted({decision.case, decision.other}, key=lambda row: row.pk):
        workflow.lock(row)
    if decision.is_outdated:
        raise WrongState(_("The texts have changed since this was proposed: propose it anew."))
    unit = confirming_unit(decision, by)
    act, proposer = decision.act, decision.act.proposed_by
    assert proposer is not None
    guarded_acts.confirm(act, by=by, unit=unit)
    if decision.report is not None:
        return merging.split(decision.report, reason=act.reason, by=proposer)
    if act.kind == GuardedKind.SPLIT:
        for merged in guarded_acts.confirmed(GuardedKind.MERGE, act.subject):
            guarded_acts.revoke(merged, by=by, unit=unit)
        return merging.unmerge(decision.case, by=proposer)
    return merging.merge(decision.case, decision.other, reason=act.reason, by=proposer)


@transaction.atomic
def decline(decision: WaitingDecision, *, reason: str = "", by: User) -> None:
    """Refuse the proposal: nothing changes."""
    unit = confirming_unit(decision, by)
    guarded_acts.decline(decision.act, reason=reason, by=by, unit=unit)


@transaction.atomic
def withdraw(decision: WaitingDecision, *, by: User) -> None:
    """Take the proposal back: its proposer, or a colleague at the case."""
    permissions.check_can_decide_pair(workflow.lock(decision.case), by)
    unit = roles.acting_unit(by, Permission.TRIAGE, decision.case.unit)
    guarded_acts.withdraw(decision.act, by=by, unit=unit)
