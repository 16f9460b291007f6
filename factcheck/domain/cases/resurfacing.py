"""An old rumour that comes back: its earlier answer is given at once, and somebody looks whether
that answer still holds.

A published case goes back to the queue; its notice stays public meanwhile. A case answered to its
askers alone stays closed, since only so it answers at once, and waits in the queue's view of old
rumours. Where nothing could be checked, nothing can now: opinion, spam… stay closed.
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
from factcheck.domain import notifications
from factcheck.domain.cases import urgency
from factcheck.enums import CaseStatus, Outcome
from factcheck.exceptions import WrongState
from factcheck.models import Case
from factcheck.states import Verb

AFTER = timedelta(days=60)


def _standing_answer(case: Case) -> tuple[datetime, date | None] | None:
    """When the answer that stands was given, and the day to look at it again."""
    if case.status == CaseStatus.PUBLISHED:
        version = notifications.current_version(case)
        return (version.published_at, version.review_by) if version else None
    if case.status == CaseStatus.CLOSED and case.outcome == Outcome.ANSWERED:
        verdict = notifications.answering_verdict(case)
        return (case.closed_at, verdict.review_by) if verdict and case.closed_at else None
    return None


def is_stale(case: Case, asked_at: datetime) -> bool:
    """Whether the answer needs another look, now that somebody asked at ``asked_at``.

    60 days after it was given or last found to hold; or once its day to look again has passed.
    """
    standing = _standing_answer(case)
    if standing is None:
        return False
    given, look_by = standing
    held = max(given, case.reaffirmed_at) if case.reaffirmed_at else given
    if asked_at - held >= AFTER:
        return True
    return look_by is not None and timezone.localdate(held) <= look_by < timezone.localdate(
        asked_at
    )


def resurface(case: Case, asked_at: datetime) -> bool:
    """Bring the case before a person if its answer is old news; say whether it was.

    The caller holds the transaction and the case's row.
    """
    if case.resurfaced_at is not None or not is_stale(case, asked_at):
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
    """The answer given to the askers alone still holds: the case stays closed."""
    permissions.check_can(Verb.REAFFIRM, workflow.lock(case), by)
    if case.resurfaced_at is None:
        raise WrongState(_("Nobody has asked about this again since it was answered."))
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
