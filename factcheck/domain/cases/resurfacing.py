"""Resurfaced rumours: the earlier answer is given at once, and a person checks whether it is still
right.

A published case goes back to the queue; its notice stays public. A case answered to its
reporters alone stays closed, since only then new reports are answered at once, and is listed in the
queue's view of old rumours. Where nothing could be checked (opinion, spam…) the case stays closed.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import permissions as roles
from accounts.models import User
from accounts.permissions import Permission
from audit.enums import AuditEvent
from factcheck import permissions, workflow
from factcheck.domain import held_answers, notifications
from factcheck.domain.cases import urgency
from factcheck.enums import CaseStatus, Outcome
from factcheck.exceptions import WrongState
from factcheck.models import Case
from factcheck.states import Verb

STALE_AFTER = timedelta(days=60)


def _current_answer(case: Case) -> tuple[datetime, date | None] | None:
    """When the current answer was given, and the day on which it is due for review."""
    if case.status == CaseStatus.PUBLISHED:
        version = notifications.current_version(case)
        return (version.published_at, version.review_by) if version else None
    if case.status == CaseStatus.CLOSED and case.outcome == Outcome.ANSWERED:
        verdict = notifications.answering_verdict(case)
        return (case.closed_at, verdict.review_by) if verdict and case.closed_at else None
    return None


def is_stale(case: Case, asked_at: datetime) -> bool:
    """Whether the current answer is stale at ``asked_at``: given or last reaffirmed at least 60
    days earlier, or past its review date."""
    answer = _current_answer(case)
    if answer is None:
        return False
    given, review_by = answer
    confirmed = max(given, case.reaffirmed_at) if case.reaffirmed_at else given
    if asked_at - confirmed >= STALE_AFTER:
        return True
    asked_on = timezone.localdate(asked_at)
    return review_by is not None and timezone.localdate(confirmed) <= review_by < asked_on


def resurface(case: Case, asked_at: datetime, *, answer_held: bool = False) -> bool:
    """Bring the case back to a person if its answer is stale, or was held; return whether it was.

    A published case is put back in the queue (CASE_REQUEUED). A closed one stays closed and is only
    marked for the queue's view of old rumours (CASE_RESURFACED). The caller has opened the
    transaction and locked the case's row.
    """
    if case.resurfaced_at is not None or not (answer_held or is_stale(case, asked_at)):
        return False
    now = timezone.now()
    due_at = urgency.due_at(case.urgency, now)
    if case.status == CaseStatus.PUBLISHED:
        workflow.transition(
            case, Verb.RESURFACE, by=None, unit=case.unit, resurfaced_at=now, due_at=due_at
        )
    else:
        workflow.edit(
            case,
            AuditEvent.CASE_RESURFACED,
            by=None,
            unit=case.unit,
            resurfaced_at=now,
            due_at=due_at,
        )
    return True


@transaction.atomic
def reaffirm(case: Case, *, by: User) -> Case:
    """The answer given to the reporters alone is still right: the case stays closed."""
    permissions.check_can(Verb.REAFFIRM, workflow.lock(case), by)
    if case.resurfaced_at is None:
        raise WrongState(_("Nobody has asked about this again since it was answered."))
    if held_answers.is_holding(case):
        raise WrongState(_("Answers are held: reopen the case, so that two people decide again."))
    unit = roles.acting_unit(by, Permission.CHECK, case.unit)
    now = timezone.now()
    return workflow.transition(
        case,
        Verb.REAFFIRM,
        by=by,
        unit=unit,
        resurfaced_at=None,
        reaffirmed_at=now,
        reaffirmed_by=by,
    )
