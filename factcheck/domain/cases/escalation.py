"""Escalation: a later report, a picture that was read or a joined case makes a case more urgent.

Nothing here lowers an urgency. What a person chose stays, and the rise is shown to them.
"""

from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.models import Unit, User
from audit.enums import AuditEvent
from factcheck import merge_tree, workflow
from factcheck.domain.cases.urgency import (
    UrgencySuggestion,
    due_at,
    is_more_urgent,
    suggest_urgency,
)
from factcheck.enums import Urgency
from factcheck.labels import BY_A_PERSON
from factcheck.models import Case
from intake.domain import dates, image_text
from intake.models import Report

BY_A_JOINED_CASE = "joined"  # a key of labels.URGENCY_REASONS


def suggestion_for(report: Report, now: datetime) -> UrgencySuggestion:
    """The urgency that a report suggests: its words, its question and what its pictures say."""
    text = "\n".join((report.text, report.question, image_text.words_of_pictures(report)))
    return suggest_urgency(text, dates.seen_on(report), now)


def escalate_for(report: Report, case: Case) -> bool:
    """Raise the urgency of the report's case, or of what it was merged into; True if it rose.

    The caller has opened the transaction.
    """
    return escalate(merge_tree.canonical(case), suggestion_for(report, timezone.now()))


def escalate_joined(case: Case, into: Case) -> bool:
    """Raise the urgency of a case into which another one was merged; True if it rose."""
    reason = case.urgency_reason
    reason = BY_A_JOINED_CASE if reason == BY_A_PERSON else reason
    rose = escalate(into, UrgencySuggestion(Urgency(case.urgency), reason))
    if case.risen_urgency is not None:
        risen = UrgencySuggestion(Urgency(case.risen_urgency), case.risen_reason)
        return escalate(into, risen) or rose
    return rose


def escalate(
    case: Case, suggestion: UrgencySuggestion, *, by: User | None = None, unit: Unit | None = None
) -> bool:
    """Make the case as urgent as suggested, unless it is already; True if something changed.

    ``by`` and ``unit`` are set where a person's verdict made it urgent.
    """
    workflow.lock(case)
    if not is_more_urgent(suggestion.urgency, case.urgency):
        return False
    if case.urgency_reason == BY_A_PERSON:
        if case.risen_urgency and not is_more_urgent(suggestion.urgency, case.risen_urgency):
            return False
        changes: dict[str, Any] = {
            "risen_urgency": suggestion.urgency,
            "risen_reason": suggestion.reason,
        }
    else:
        due = min(case.due_at, due_at(suggestion.urgency, timezone.now()))
        changes = {
            "urgency": suggestion.urgency,
            "urgency_reason": suggestion.reason,
            "due_at": due,
        }
    workflow.edit(case, AuditEvent.CASE_URGENCY_RAISED, by=by, unit=unit or case.unit, **changes)
    return True
