"""The urgent lane: where a case goes by itself as soon as its verdict warns."""

from accounts.models import Unit, User
from factcheck import workflow
from factcheck.domain.cases import escalation
from factcheck.domain.cases.urgency import UrgencySuggestion
from factcheck.enums import OPEN_STATUSES, Urgency
from factcheck.models import Case

REASON = "warning"  # a key of labels.URGENCY_REASONS


def move_to(case: Case, *, by: User | None, unit: Unit | None) -> bool:
    """Make an open case very urgent and due accordingly; return whether something changed.

    An urgency that a person has set stays, and the rise is shown to them. The caller has opened the
    transaction.
    """
    workflow.lock(case)
    if case.status not in OPEN_STATUSES:
        return False
    warning = UrgencySuggestion(Urgency.VERY_URGENT, REASON)
    return escalation.escalate(case, warning, by=by, unit=unit)
