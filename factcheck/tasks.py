"""Background work. Every task takes ids, may run twice without harm, and is found again by a
sweep when its message is lost."""

from datetime import timedelta

import structlog
from celery import shared_task

from channels.dispatch import enqueue
from factcheck.domain import notifications
from factcheck.domain.cases import purging
from factcheck.domain.duplicates import matches, screenshots, semantic_suggestions
from factcheck.domain.editorial import archives, evidence, notices
from factcheck.domain.index import packing
from intake.domain import pictures as intake_pictures
from intake.domain import reports

log = structlog.get_logger("factcheck")
BATCH = 500  # rows one sweep hands on; the next sweep takes the rest


@shared_task
def match_report(report_id: int) -> None:
    matches.match_report_by_id(report_id)


@shared_task
def match_picture(report_id: int) -> None:
    screenshots.match_picture_by_id(report_id)


@shared_task
def tell_reporters(version_id: int) -> None:
    notices.tell_reporters_by_id(version_id)


@shared_task
def tell_about(case_id: int) -> None:
    notifications.tell_about_id(case_id)


@shared_task
def fetch_archive(evidence_id: int) -> None:
    evidence.fetch_archive(evidence_id)


@shared_task
def sweep_reports() -> None:
    """Match what waits for more than a minute; one report that fails does not hold up the rest."""
    for report in reports.unmatched(timedelta(minutes=1))[:BATCH]:
        try:
            matches.match_report(report)
        except Exception as error:  # the next report must not wait for this one
            log.error("match_failed", report=report.pk, error=type(error).__name__)


@shared_task
def sweep_pictures() -> None:
    """The same for pictures that were read, whose message was lost."""
    for report in intake_pictures.unmatched(timedelta(minutes=1))[:BATCH]:
        try:
            screenshots.match_picture(report)
        except Exception as error:  # the next picture must not wait for this one
            log.error("picture_match_failed", report=report.pk, error=type(error).__name__)


@shared_task
def sweep_tellings() -> None:
    """Hand on every case with a reporter who has not been told what the others know."""
    for case_id in notifications.cases_with_untold(BATCH):
        enqueue("factcheck.tasks.tell_about", case_id)


@shared_task
def sweep_archives() -> None:
    for evidence_id in archives.waiting()[:BATCH]:
        enqueue("factcheck.tasks.fetch_archive", evidence_id)


@shared_task
def purge_closed() -> None:
    purging.purge_closed(by=None)


@shared_task
def pack_index() -> None:
    """Also the sweep: wordings wait in their own rows until they are packed."""
    packing.pack_waiting()


@shared_task
def embed_wording(variant_id: int) -> None:
    semantic_suggestions.embed_and_look(variant_id)


@shared_task
def sweep_wordings() -> None:
    """Give vectors to wordings that have none; nothing to do unless EMBEDDER is set."""
    semantic_suggestions.sweep()
