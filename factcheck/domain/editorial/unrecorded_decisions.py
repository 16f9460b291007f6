"""Decisions on what an asker is told without their rows in the audit record, for
``manage.py verify_audit``: approved verdicts, published versions, decided reconsiderations."""

from collections.abc import Iterator

from django.db import models
from django.db.models import Exists, OuterRef

from audit.domain.log import SYSTEM
from audit.enums import AuditEvent
from audit.models import AuditEntry
from factcheck.enums import RequestState, VerdictState
from factcheck.models import Notice, NoticeVersion, Reconsideration, Verdict


def _verdicts_recorded(event: AuditEvent) -> set[tuple[int | None, str]]:
    """(verdict, actor) of every audit row of this event; one row for each decision on a case."""
    rows = AuditEntry.objects.with_event(event).values_list("data__verdict", "actor")
    return set(rows.iterator(chunk_size=2000))


def _verdicts() -> Iterator[Verdict]:
    recorded = _verdicts_recorded(AuditEvent.CASE_APPROVED)
    approved = Verdict.objects.filter(state=VerdictState.APPROVED)
    for verdict in approved.only("pk", "reviewed_by").iterator(chunk_size=2000):
        if (verdict.pk, str(verdict.reviewed_by_id)) not in recorded:
            yield verdict


def _versions() -> Iterator[NoticeVersion]:
    recorded = _verdicts_recorded(AuditEvent.CASE_PUBLISHED)
    versions = NoticeVersion.objects.only("pk", "verdict", "published_by")
    for version in versions.iterator(chunk_size=2000):
        if (version.verdict_id, str(version.published_by_id)) not in recorded:
            yield version


def _requests() -> Iterator[Reconsideration]:
    decided = AuditEntry.objects.with_event(AuditEvent.RECONSIDERATION_DECIDED).filter(
        subject_type=Reconsideration._meta.label_lower
    )
    recorded = set(decided.values_list("subject_id", "actor"))
    for request in Reconsideration.objects.exclude(state=RequestState.OPEN):
        if (str(request.pk), str(request.decided_by_id or SYSTEM)) not in recorded:
            yield request


def _hidden_notices() -> Iterator[Notice]:
    current = NoticeVersion.objects.filter(notice=OuterRef("pk"), is_current=True)
    yield from Notice.objects.filter(~Exists(current), versions__isnull=False).distinct()


def rows() -> Iterator[models.Model]:
    """Rows that a person's decision made and no audit row names with that person, and published
    notices whose versions are all hidden."""
    yield from _verdicts()
    yield from _versions()
    yield from _requests()
    yield from _hidden_notices()
