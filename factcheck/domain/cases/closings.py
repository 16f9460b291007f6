"""Closing without a verdict what concerns the closing unit: one person outside confirms it, for a
group at once. After ``WAITING_DAYS`` without one it closes all the same, and is counted.

The texts of the reports are kept until then; who asked reads which unit closed it.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import permissions as roles
from accounts.domain import guarded_acts
from accounts.domain.guarded_acts import subject_of
from accounts.enums import GuardedKind
from accounts.exceptions import DomainError
from accounts.models import GuardedAct, Unit, User
from accounts.permissions import Permission
from factcheck import concerned_units, independence, workflow
from factcheck.domain.cases import lifecycle
from factcheck.enums import TRIAGE_STATUSES, CaseStatus
from factcheck.exceptions import SecondUnitRequired, WrongState
from factcheck.models import Case

WAITING_DAYS = 7


@transaction.atomic
def close(case: Case, outcome: str, *, by: User) -> bool:
    """Close the case, or propose it where it concerns the closing unit; returns whether it is
    closed."""
    lifecycle.check_can_close(case, outcome, by=by)
    if not concerned_units.is_about_units_of(case, by):
        lifecycle.close(case, outcome, by=by)
        return True
    if guarded_acts.pending(GuardedKind.CLOSING, subject_of(case)).exists():
        raise WrongState(_("This has been proposed already and waits for a second person."))
    guarded_acts.propose(
        GuardedKind.CLOSING,
        subject_of(case),
        details={"outcome": str(outcome)},
        by=by,
        unit=roles.acting_unit(by, Permission.TRIAGE, case.unit),
    )
    return False


def waiting() -> list[tuple[GuardedAct, Case]]:
    """Proposals whose case is still open, oldest first."""
    acts = {
        int(act.subject.rpartition(":")[2]): act
        for act in guarded_acts.pending(GuardedKind.CLOSING).select_related("proposed_by")
    }
    cases = Case.objects.filter(pk__in=acts, status__in=TRIAGE_STATUSES).select_related("unit")
    return [(acts[case.pk], case) for case in cases.order_by("pk")]


def waiting_for(user: User) -> list[tuple[GuardedAct, Case]]:
    """Those that the user may confirm: somebody outside the units that the claim is about."""
    return [
        (act, case)
        for act, case in waiting()
        if act.proposed_by_id != user.pk and independence.may_decide(case, user)
    ]


def _confirming_unit(act: GuardedAct, case: Case, user: User) -> Unit:
    guarded_acts.check_two_people(act, user)
    if concerned_units.is_about_units_of(case, user):
        raise SecondUnitRequired(
            _("The claim is about your unit: somebody outside has to confirm.")
        )
    took_part = {act.proposed_by_id} - {None}
    return independence.deciding_unit(case, user, took_part=took_part)  # type: ignore[arg-type]


@transaction.atomic
def confirm(act_ids: Iterable[int], *, by: User) -> int:
    """Close a group of cases in the name of both people; returns how many."""
    chosen, done = set(act_ids), 0
    for act, case in waiting():
        if act.pk not in chosen or act.proposed_by is None:
            continue
        guarded_acts.confirm(act, by=by, unit=_confirming_unit(act, case, by))
        lifecycle.close(case, act.details["outcome"], by=act.proposed_by)
        done += 1
    return done


@transaction.atomic
def decline(act_ids: Iterable[int], *, by: User) -> int:
    """Refuse to close these cases: they stay open; returns how many."""
    chosen, done = set(act_ids), 0
    for act, case in waiting():
        if act.pk in chosen:
            guarded_acts.decline(act, by=by, unit=_confirming_unit(act, case, by))
            done += 1
    return done


def _may_lapse(act: GuardedAct, case: Case) -> bool:
    """Whether the case still rests with the proposer's unit and nobody else works on it."""
    if case.handed_over_at is not None and case.handed_over_at > act.proposed_at:
        return False
    return case.status == CaseStatus.NEW or case.assignee_id == act.proposed_by_id


@transaction.atomic
def _close_unconfirmed(act: GuardedAct, case: Case) -> bool:
    """Close under the lock what still rests there; the act ends with a mark of its own."""
    workflow.lock(case)
    if act.proposed_by is None or not _may_lapse(act, case):
        return False
    lifecycle.close(case, act.details["outcome"], by=act.proposed_by)
    guarded_acts.lapse(act)
    return True


def sweep() -> int:
    """Close what has waited too long and on which nobody else works."""
    since, done = timezone.now() - timedelta(days=WAITING_DAYS), 0
    for act, case in waiting():
        if act.proposed_at > since:
            continue
        try:
            done += _close_unconfirmed(act, case)
        except DomainError:
            continue  # its proposer has left, or somebody works on it again
    return done
