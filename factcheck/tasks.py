"""Celery tasks. Each takes ids, may run twice without harm, and a sweep finds its work again when a
message is lost."""

from datetime import timedelta

import structlog
from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded

from channels.dispatch import enqueue
from factcheck.domain import notifications, pending_notifications
from factcheck.domain.cases import closings, handovers, purging, undecidable
from factcheck.domain.duplicates import matches, screenshots, semantic_suggestions
from factcheck.domain.editorial import archives, copy_texts, evidence_copies, reconsiderations
from factcheck.domain.index import packing
from factcheck.models import Case, Wording
from intake.domain import image_text, reports
from intake.models import Report

log = structlog.get_logger("factcheck")
BATCH = 500  # rows of one sweep; the next sweep takes the rest


@shared_task(name="factcheck.match_report")
def match_report(report_id: int) -> None:
    if (report := Report.objects.filter(pk=report_id).first()) is not None:
        matches.match_report(report)


@shared_task(name="factcheck.match_picture")
def match_picture(report_id: int) -> None:
    if (report := Report.objects.filter(pk=report_id).first()) is not None:
        screenshots.match_picture(report)


@shared_task(name="factcheck.notify_reporters")
def notify_reporters(case_id: int) -> None:
    if (case := Case.objects.filter(pk=case_id).first()) is not None:
        notifications.notify_reporters(case)


@shared_task(name="factcheck.tasks.tell_reporters")
def notify_version_reporters(version_id: int) -> None:
    """Enqueued before version 0.1.0; 0.2.0 drops it."""
    if (case := Case.objects.filter(notice__versions=version_id).first()) is not None:
        notifications.notify_reporters(case)


@shared_task(name="factcheck.fetch_archive")
def fetch_archive(evidence_id: int) -> None:
    evidence_copies.fetch_archive(evidence_id)


@shared_task(name="factcheck.read_copy")
def read_copy(evidence_id: int) -> None:
    copy_texts.read(evidence_id)


@shared_task(name="factcheck.read_picture_copy")
def read_picture_copy(evidence_id: int) -> None:
    """The same for a picture, in the queue of the machines that can read one."""
    copy_texts.read(evidence_id)


@shared_task(name="factcheck.sweep_reports")
def sweep_reports() -> None:
    """Match reports that have waited for more than a minute."""
    for report in reports.unmatched(timedelta(minutes=1))[:BATCH]:
        try:
            matches.match_report(report)
        except SoftTimeLimitExceeded:
            raise  # the next sweep does the rest
        except Exception as error:  # the next report must not wait for this one
            log.error("match_failed", report=report.pk, error=type(error).__name__)


@shared_task(name="factcheck.sweep_pictures")
def sweep_pictures() -> None:
    """The same for pictures that were read and whose message was lost."""
    for report in image_text.unmatched(timedelta(minutes=1))[:BATCH]:
        try:
            screenshots.match_picture(report)
        except SoftTimeLimitExceeded:
            raise  # the next sweep does the rest
        except Exception as error:  # the next picture must not wait for this one
            log.error("picture_match_failed", report=report.pk, error=type(error).__name__)


@shared_task(name="factcheck.sweep_notifications")
def sweep_notifications() -> None:
    """Enqueue every case with reporters who have not got what the others got."""
    for case_id in pending_notifications.case_ids(BATCH):
        enqueue("factcheck.notify_reporters", case_id)


@shared_task(name="factcheck.sweep_archives")
def sweep_archives() -> None:
    for evidence_id in archives.pending_ids()[:BATCH]:
        enqueue("factcheck.fetch_archive", evidence_id)


@shared_task(name="factcheck.sweep_copies")
def sweep_copies() -> None:
    """Read archived copies whose words nobody has read: lost messages, and those of before."""
    for row in copy_texts.waiting(timedelta(minutes=1), needs_ocr=False)[:BATCH]:
        enqueue("factcheck.read_copy", row.evidence_id)


@shared_task(name="factcheck.sweep_picture_copies")
def sweep_picture_copies() -> None:
    """The same for pictures and scans, where they can be read."""
    if image_text.available():
        for row in copy_texts.waiting(timedelta(minutes=1), needs_ocr=True)[:BATCH]:
            enqueue("factcheck.read_picture_copy", row.evidence_id)


@shared_task(name="factcheck.sweep_closings")
def sweep_closings() -> None:
    """Close what units wanted to close about themselves and nobody outside has looked at."""
    closings.sweep()


@shared_task(name="factcheck.purge_closed")
def purge_closed() -> None:
    purging.purge_closed(by=None)


@shared_task(name="factcheck.sweep_undecidable")
def sweep_undecidable() -> None:
    """Cases and requests on which nobody can decide: marked, and closed after a week."""
    undecidable.sweep()
    reconsiderations.close_undecidable()


@shared_task(name="factcheck.sweep_resting")
def sweep_resting() -> None:
    """Cases that rest with the people of the unit they are about: handed over to one outside."""
    handovers.sweep()


@shared_task(name="factcheck.pack_index")
def pack_index() -> None:
    """Pack new wordings. Beat runs it periodically, so no separate sweep is needed."""
    packing.pack_waiting()


@shared_task(name="factcheck.embed_wording")
def embed_wording(wording_id: int) -> None:
    if (wording := Wording.objects.filter(pk=wording_id).first()) is not None:
        semantic_suggestions.embed_and_suggest(wording)


@shared_task(name="factcheck.sweep_wordings")
def sweep_wordings() -> None:
    """Compute vectors of wordings that have none; does nothing unless EMBEDDER is set."""
    semantic_suggestions.sweep()
