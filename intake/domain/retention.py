"""Retention: one function deletes everything past its retention period."""

from collections.abc import Callable

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.utils import timezone

from accounts.models import User
from intake.domain import contacts, draft_uploads, files, reports, senders
from intake.models import Report

log = structlog.get_logger("intake")


def purge_due_texts(*, by: User | None) -> int:
    """Empty every report whose date has come; return how many."""
    due = Report.objects.filter(purge_after__lte=timezone.now(), purged_at__isnull=True)
    purged = 0
    for report in due.order_by("purge_after").iterator(chunk_size=200):
        reports.purge_text(report, by=by)
        purged += 1
    return purged


def purge_expired() -> dict[str, int]:
    """Delete contacts, texts, keys of past days, draft uploads and orphaned files that are due.
    A step that fails does not stop the others: it is logged, and raised at the end.

    Returns:
        How many of each were deleted.
    """
    steps: dict[str, Callable[[], int]] = {
        "contacts": lambda: contacts.delete_expired(by=None),
        "texts": lambda: purge_due_texts(by=None),
        "keys": lambda: senders.delete_keys_before(timezone.localdate()),
        "draft_uploads": draft_uploads.sweep,
        "orphans": files.sweep_orphans,
    }
    done: dict[str, int] = {}
    failures: list[Exception] = []
    for name, step in steps.items():
        try:
            done[name] = step()
        except SoftTimeLimitExceeded:
            raise  # the next run does the rest
        except Exception as error:
            log.error("retention_failed", step=name, error=type(error).__name__)
            failures.append(error)
    if failures:
        raise ExceptionGroup("retention", failures)
    return done
