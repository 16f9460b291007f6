"""The urgent lane: where a case goes by itself as soon as its verdict warns."""

from django.utils import timezone

from accounts.models import Unit, User
from audit.enums import AuditEvent
from factcheck import workflow
from factcheck.domain.cases.urgency import due_at
from factcheck.enums import OPEN_STATUSES, Urgency
from factcheck.labels import BY_A_PERSON
from factcheck.models import Case

REASON = "warning"  # a key of labels.URGENCY_REASONS


def move_to(case: Case, *, by: User, unit: Unit | None) -> bool:
    """Make an open case very urgent and due accordingly; return whether it was not.

    An urgency that a person has set stays. The caller has opened the transaction.
    """
    workflow.lock(case)
    if (
        case.status not in OPEN_STATUSES
        or case.urgency == Urgency.VERY_URGENT
        or case.urgency_reason == BY_A_PERSON
    ):
        return False
    urgency = Urgency.VERY_URGENT
    workflow.edit(
        case,
        AuditEvent.CASE_URGENCY_RAISED,
        by=by,
        unit=unit,
        urgency=urgency,
        urgency_reason=REASON,
        due_at=min(case.due_at, due_at(urgency, timezone.now())),
    )
    return True
