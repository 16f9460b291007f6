"""Reports: stored once, never changed, emptied when the retention period ends."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from audit.domain import log
from audit.enums import AuditEvent
from channels.dispatch import enqueue
from intake.domain import (
    contacts,
    draft_uploads,
    files,
    image_text,
    origins,
    readers,
    receipts,
    senders,
    submissions,
)
from intake.domain.images import PreparedImage
from intake.domain.submissions import Submission
from intake.exceptions import ValidationError
from intake.models import Attachment, Report
from intake.models.report import URL_LIMIT
from intake.signals import report_received
from matching.links.canonical_urls import canonical_url
from matching.text.normalisation import fingerprint, normalise


@dataclass(frozen=True)
class SubmissionResult:
    """A stored report with its receipt, which is not stored. ``created`` is False for a replay."""

    report: Report
    receipt: str
    created: bool


def submit(submission: Submission) -> SubmissionResult:
    """Store a report, its files and its contact; send ``report_received`` once that is committed.

    When this returns outside a transaction, the report survives any crash; no broker was needed.
    The form key makes it idempotent: a second call with the same key, at the same moment or next
    week, returns the first report and its receipt **even if the content differs** (see
    ``is_same``), and changes nothing. Without a key each call is a report of its own.

    Raises:
        ValidationError: something is missing, too long or no screenshot; nothing was stored.
        ValueError: an origin that is neither an ``Origin`` nor a channel.
    """
    if submission.origin not in origins.labels():
        raise ValueError(f"There is no origin {submission.origin}.")
    with_key = replace(submission, form_key=submission.form_key or submissions.new_form_key())
    if earlier := replay(with_key.form_key):
        return earlier
    cleaned = submissions.clean_submission(with_key)
    images = submissions.prepared_screenshots(cleaned)
    if errors := submissions.problems(cleaned, len(images)):
        raise ValidationError(errors)
    result = _store(cleaned, images)
    if result.created:
        draft_uploads.clear(cleaned.form_key)
    return result


def _store(cleaned: Submission, images: list[PreparedImage]) -> SubmissionResult:
    """Write files and rows; the earlier result if another request with the key was quicker."""
    report = _unsaved(cleaned)
    paths = files.store(report.media_prefix, images)
    try:
        with transaction.atomic():
            _insert(report, cleaned, list(zip(paths, images, strict=True)))
    except IntegrityError:
        # Certainly not committed, so the files belong to no row. After any other error the commit
        # may have gone through: then they stay, and the sweep decides.
        files.remove_folder(report.media_prefix)
        if earlier := replay(cleaned.form_key):
            return earlier
        raise
    return SubmissionResult(report, receipts.for_form_key(cleaned.form_key), created=True)


def replay(form_key: str) -> SubmissionResult | None:
    """Return what a form key has stored already, with the same receipt as the first time."""
    if not submissions.is_form_key(form_key):
        return None
    report = Report.objects.filter(form_key=receipts.key_hash(form_key)).first()
    if report is None:
        return None
    return SubmissionResult(report, receipts.for_form_key(form_key), created=False)


def is_same(report: Report, submission: Submission) -> bool:
    """Whether a resubmitted form adds nothing to the stored report: same text, unit and choices,
    no new screenshot, no other contact. A purged report counts as the same.

    ``images`` must be prepared. Screenshots that are missing now are no difference: a browser does
    not send them again.
    """
    cleaned = submissions.clean_submission(submission)
    if report.purged_at is not None:
        return True
    stored = set(report.attachments.values_list("sha256", flat=True))
    new = {image.sha256 for image in cleaned.images if isinstance(image, PreparedImage)} - stored
    fields = ("text", "url", "question", "seen_where", "seen_when")
    return (
        not new
        and all(getattr(cleaned, name) == getattr(report, name) for name in fields)
        and (cleaned.unit or readers.unit_for_all()) == report.addressed_unit
        and cleaned.reader in ("", readers.reader_of(report))
        and (cleaned.contact is None or contacts.is_contact(report, cleaned.contact))
    )


def _unsaved(cleaned: Submission) -> Report:
    unit, about_unit = readers.route(cleaned)
    link = canonical_url(cleaned.url or cleaned.text)
    return Report(
        unit=unit,
        about_unit=about_unit,
        origin=cleaned.origin,
        text=cleaned.text,
        url=cleaned.url,
        question=cleaned.question,
        seen_where=cleaned.seen_where,
        seen_when=cleaned.seen_when,
        language=cleaned.language,
        normalised=normalise(cleaned.text),
        fingerprint=fingerprint(cleaned.text),
        canonical_url=link if len(link) <= URL_LIMIT else "",
        form_key=receipts.key_hash(cleaned.form_key),
        receipt_hash=receipts.hash_code(receipts.for_form_key(cleaned.form_key)),
        sender_hash=senders.hash_sender(cleaned.sender),
    )


def _insert(report: Report, cleaned: Submission, stored: list[tuple[str, PreparedImage]]) -> None:
    report.save(force_insert=True)
    attached = [
        Attachment.objects.create(
            report=report,
            position=position,
            path=path,
            media_type=screenshot.media_type,
            width=screenshot.width,
            height=screenshot.height,
            size=len(screenshot.data),
            sha256=screenshot.sha256,
        )
        for position, (path, screenshot) in enumerate(stored)
    ]
    image_text.create_pending(attached)
    if cleaned.contact:
        contacts.store(report, cleaned.contact)
    transaction.on_commit(partial(_announce, report.pk, [screenshot.pk for screenshot in attached]))
    log.record(
        AuditEvent.REPORT_RECEIVED,
        report,
        by=None,
        unit=report.unit,
        actor="reporter",
        origin=str(report.origin),
        pictures=len(stored),
        contact=cleaned.contact is not None,
    )


def _announce(report_id: int, attachment_ids: list[int]) -> None:
    # A receiver that fails is logged by Django; the sweep of unmatched reports makes up for it.
    report_received.send_robust(sender=Report, report_id=report_id)
    for attachment_id in attachment_ids:
        enqueue("intake.read_picture", attachment_id)


def mark_matched(report: Report) -> None:
    """Note that the pipeline is done with a report. No decision, so not audited: the match that was
    made has its own audit row."""
    Report.objects.filter(pk=report.pk, matched_at__isnull=True).update(matched_at=timezone.now())


def unmatched(older_than: timedelta) -> QuerySet[Report]:
    """Return reports that still wait for matching after so long, oldest first."""
    before = timezone.now() - older_than
    waiting = Report.objects.filter(matched_at__isnull=True, purged_at__isnull=True)
    return waiting.filter(created_at__lte=before).order_by("created_at", "id")


def distinct_senders(reports: QuerySet[Report]) -> int:
    """Return how many senders the reports have.

    A sender who reports on two days counts twice, because the hashing key changes daily. All
    unknown senders count as one.
    """
    return reports.order_by().values("sender_hash").distinct().count()


def schedule_purge(report: Report, after: datetime, *, by: User | None) -> None:
    """Set when a report's text is emptied; the earlier of two dates wins. Audited."""
    with transaction.atomic():
        not_sooner = Q(purge_after__isnull=True) | Q(purge_after__gt=after)
        rows = Report.objects.filter(not_sooner, pk=report.pk, purged_at__isnull=True)
        if rows.update(purge_after=after):
            report.purge_after = after
            log.record(AuditEvent.REPORT_PURGE_SCHEDULED, report, by=by, after=after.isoformat())


def cancel_purge(report: Report, *, by: User | None) -> None:
    """Keep a report's text after all, where it is still there. Audited."""
    with transaction.atomic():
        rows = Report.objects.filter(
            pk=report.pk, purge_after__isnull=False, purged_at__isnull=True
        )
        if rows.update(purge_after=None):
            report.purge_after = None
            log.record(AuditEvent.REPORT_PURGE_CANCELLED, report, by=by)


def purge_text(report: Report, *, by: User | None) -> None:
    """Empty what somebody wrote and delete the screenshots; the row stays, for counting and for the
    receipt. Audited; the second call changes nothing.

    The files go after the commit; if the process dies in between, the orphan sweep finds them.
    """
    with transaction.atomic():
        emptied = Report.objects.filter(pk=report.pk, purged_at__isnull=True).update(
            text="", url="", question="", normalised="", canonical_url="", purged_at=timezone.now()
        )
        if not emptied:
            return
        _rows, kinds = Attachment.objects.filter(
            report=report
        ).delete()  # with what was read from it
        transaction.on_commit(partial(files.remove_folder, report.media_prefix))
        log.record(
            AuditEvent.REPORT_PURGED, report, by=by, pictures=kinds.get("intake.Attachment", 0)
        )
