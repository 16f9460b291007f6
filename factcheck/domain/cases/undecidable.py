"""Cases on which nobody can decide: seen every hour, and closed after a week without anybody.

The outcome is computed, never chosen. During the week pools, units above, another province and
guest reviewers can be asked; every asker reads that somebody is being looked for.
"""

from collections.abc import Iterable
from datetime import timedelta

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from audit.enums import AuditEvent
from factcheck import authority, workflow
from factcheck.domain import concerns, notifications
from factcheck.enums import UNDECIDED_STATUSES, Outcome, VerdictState
from factcheck.independence import Independence
from factcheck.models import Case, Notice
from factcheck.states import Verb

log = structlog.get_logger("factcheck")
_BATCH = 500  # cases read with one look at the network


def closes_after() -> timedelta:
    return timedelta(days=settings.UNDECIDABLE_DAYS)


def sweep() -> int:
    """Mark, unmark or close every undecided case; return how many changed."""
    changed = 0
    ids = Case.objects.filter(status__in=UNDECIDED_STATUSES).order_by("pk")
    for batch in _batches(ids.values_list("pk", flat=True)):
        cases = list(Case.objects.filter(pk__in=batch))
        check = Independence(cases)
        for case in cases:
            try:
                changed += _look_at(case, decidable=bool(check.people(case)))
            except SoftTimeLimitExceeded:
                raise  # the next sweep does the rest
            except Exception as error:  # the next case must not wait for this one
                log.error("undecidable_failed", case=case.pk, error=type(error).__name__)
    return changed


def _batches(ids: Iterable[int]) -> Iterable[list[int]]:
    listed = list(ids)
    return (listed[start : start + _BATCH] for start in range(0, len(listed), _BATCH))


def _look_at(case: Case, *, decidable: bool) -> bool:
    """Bring one case up to date; return whether anything was written."""
    if decidable == (case.undecidable_since is None):
        return not decidable and _is_over(case) and close(case)
    with transaction.atomic():
        event = AuditEvent.CASE_DECIDER_FOUND if decidable else AuditEvent.CASE_MARKED_UNDECIDABLE
        since = None if decidable else timezone.now()
        workflow.edit(case, event, by=None, unit=case.unit, undecidable_since=since)
        notifications.enqueue_notifications(case)
    return True


def _is_over(case: Case) -> bool:
    since = case.undecidable_since
    return since is not None and since <= timezone.now() - closes_after()


@transaction.atomic
def close(case: Case) -> bool:
    """Close one case as one that cannot be decided here, if that is so under the lock. A case with
    a public notice stays open: its correction is still owed."""
    workflow.lock(case)
    if case.status not in UNDECIDED_STATUSES or not _is_over(case):
        return False
    if Notice.objects.filter(case=case).exists() or Independence([case]).people(case):
        return False
    open_states = [VerdictState.DRAFT, VerdictState.IN_REVIEW]
    for verdict in case.verdicts.filter(state__in=open_states):
        verdict.state = VerdictState.WITHDRAWN
        verdict.save(update_fields=["state"])
        authority.end_verdict(verdict, by=None)
    concerns.end_questions(case, by=None, unit=case.unit)
    workflow.transition(
        case, Verb.END_UNDECIDED, by=None, unit=case.unit, outcome=Outcome.UNDECIDABLE
    )
    notifications.enqueue_notifications(case)
    return True
