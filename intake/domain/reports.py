"""Reports: taken in once, kept unchanged, emptied when their time is over."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain import units
from accounts.exceptions import AccountsError
from accounts.models import Unit, User
from audit.domain import log
from audit.enums import AuditEvent
from channels.dispatch import enqueue
from intake.domain import contacts, draft_uploads, files, image_text, receipts, senders, submissions
from intake.domain.images import PreparedImage
from intake.domain.submissions import Submission
from intake.exceptions import ValidationError
from intake.models import Attachment, Report
from intake.signals import report_received
from matching.links.canonical_urls import canonical_url
from matching.text.normalisation import fingerprint, normalise

_KEY_LIMIT = 2000  # Report.canonical_url


@dataclass(frozen=True)
class SubmissionResult:
    """A stored report with its receipt, which is not stored. ``created`` is False for a replay."""

    report: Report
    receipt: str
    created: bool


def submit(submission: Submission) -> SubmissionResult:
    """Store a report, its files and its contact; say ``report_received`` once that is committed.

    When this returns, the report survives any crash; it has spoken to no broker. The form key
    makes it idempotent: a second call with the same key, at the same moment or next week, returns
    the first report and its receipt **even if the content differs** (``is_same`` tells), and
    changes nothing. Without a key each call is a report of its own.

    Raises:
        Refused: something is missing, too long or no picture; nothing was stored.
    """
    keyed = replace(submission, form_key=submission.form_key or submissions.new_form_key())
    if earlier := replay(keyed.form_key):
        return earlier
    ready = submissions.cleaned(keyed)
    images = submissions.pictures_of(ready)
    if problems := submissions.problems(ready, len(images)):
        raise ValidationError(problems)
    report = _unsaved(ready)
    paths = files.store(report.media_prefix, images)
    try:
        with transaction.atomic():
            _insert(report, ready, list(zip(paths, images, strict=True)))
    except IntegrityError:
        # Not committed for certain, so the files are nobody's. After any other error the commit
        # may have gone through: then they stay, and the sweep decides.
        files.remove_folder(report.media_prefix)
        if earlier := replay(ready.form_key):
            return earlier
        raise
    draft_uploads.clear(ready.form_key)
    return SubmissionResult(report, receipts.for_form_key(ready.form_key), created=True)


def replay(form_key: str) -> SubmissionResult | None:
    """Return what a form key has stored already, with the same receipt as the first time."""
    if not submissions.is_form_key(form_key):
        return None
    report = Report.objects.filter(form_key=receipts.key_hash(form_key)).first()
    if report is None:
        return None
    return SubmissionResult(report, receipts.for_form_key(form_key), created=False)


def is_same(report: Report, submission: Submission) -> bool:
    """Say whether a form sent again asks for nothing that is not stored: same words, unit and
    choices, no new picture, no other address. A purged report counts as the same.

    ``images`` must be prepared. Pictures that are missing now are no difference: a browser does
    not send them again.
    """
    again = submissions.cleaned(submission)
    if report.purged_at is not None:
        return True
    kept = set(report.attachments.values_list("sha256", flat=True))
    new = {image.sha256 for image in again.images if isinstance(image, PreparedImage)} - kept
    said = ("text", "url", "question", "seen_where", "seen_when")
    return (
        not new
        and all(getattr(again, name) == getattr(report, name) for name in said)
        and (again.unit or _unit_for_all()) == report.unit
        and (not again.contact_email or contacts.is_address(report, again.contact_email))
    )


def _unsaved(ready: Submission) -> Report:
    link = canonical_url(ready.url or ready.text)
    return Report(
        unit=ready.unit or _unit_for_all(),
        origin=ready.origin,
        text=ready.text,
        url=ready.url,
        question=ready.question,
        seen_where=ready.seen_where,
        seen_when=ready.seen_when,
        language=ready.language,
        normalised=normalise(ready.text),
        fingerprint=fingerprint(ready.text),
        canonical_url=link if len(link) <= _KEY_LIMIT else "",
        form_key=receipts.key_hash(ready.form_key),
        receipt_hash=receipts.hash_code(receipts.for_form_key(ready.form_key)),
        sender_hash=senders.hash_network(ready.sender),
    )


def _unit_for_all() -> Unit:
    try:
        return units.default_unit()
    except AccountsError as error:
        sentence = _("This site is still being set up and cannot take reports yet.")
        raise ValidationError({"unit": [sentence]}) from error


def _insert(report: Report, ready: Submission, stored: list[tuple[str, PreparedImage]]) -> None:
    report.save(force_insert=True)
    attached = [
        Attachment.objects.create(
            report=report,
            position=position,
            path=path,
            media_type=picture.media_type,
            width=picture.width,
            height=picture.height,
            size=len(picture.data),
            sha256=picture.sha256,
        )
        for position, (path, picture) in enumerate(stored)
    ]
    image_text.create_pending(attached)
    if ready.contact_email:
        contacts.keep(report, ready.contact_email, by=None)
    transaction.on_commit(partial(_announce, report.pk, [picture.pk for picture in attached]))
    log.record(
        AuditEvent.REPORT_RECEIVED,
        report,
        by=None,
        unit=report.unit,
        actor="reporter",
        origin=str(report.origin),
        pictures=len(stored),
        contact=bool(ready.contact_email),
    )


def _announce(report_id: int, attachment_ids: list[int]) -> None:
    # A receiver that fails is logged by Django; the sweep of unmatched reports makes up for it.
    report_received.send_robust(sender=Report, report_id=report_id)
    for attachment_id in attachment_ids:
        enqueue("intake.read_picture", attachment_id)


def mark_matched(report: Report) -> None:
    """Note that the pipeline is done with a report. Book-keeping, not a decision: the match that
    was made has its own audit row."""
    Report.objects.filter(pk=report.pk, matched_at__isnull=True).update(matched_at=timezone.now())


def unmatched(older_than: timedelta) -> QuerySet[Report]:
    """Return reports that still wait for matching after so long, oldest first."""
    before = timezone.now() - older_than
    waiting = Report.objects.filter(matched_at__isnull=True, purged_at__isnull=True)
    return waiting.filter(created_at__lte=before).order_by("created_at", "id")


def distinct_senders(reports: QuerySet[Report]) -> int:
    """Return from how many networks reports came, each day counted anew (the keys do not last).

    Reports of unknown origin count as one together.
    """
    return reports.order_by().values("sender_hash").distinct().count()


def schedule_purge(report: Report, after: datetime, by: User | None) -> None:
    """Set when a report's text is emptied; the earlier of two dates wins. Audited."""
    with transaction.atomic():
        later = Q(purge_after__isnull=True) | Q(purge_after__gt=after)
        kept = Report.objects.filter(later, pk=report.pk, purged_at__isnull=True)
        if kept.update(purge_after=after):
            report.purge_after = after
            log.record(AuditEvent.REPORT_PURGE_SCHEDULED, report, by=by, after=after.isoformat())


def cancel_purge(report: Report, *, by: User | None) -> None:
    """Keep a report's text after all, where it is still there. Audited."""
    with transaction.atomic():
        kept = Report.objects.filter(
            pk=report.pk, purge_after__isnull=False, purged_at__isnull=True
        )
        if kept.update(purge_after=None):
            report.purge_after = None
            log.record(AuditEvent.REPORT_PURGE_CANCELLED, report, by=by)


def purge_text(report: Report, *, by: User | None) -> None:
    """Empty what somebody wrote and delete the pictures; the row stays, for counting and for the
    receipt. Audited; the second call changes nothing.

    The files go after the commit; if the process dies in between, the orphan sweep finds them.
    """
    with transaction.atomic():
        emptied = Report.objects.filter(pk=report.pk, purged_at__isnull=True).update(
            text="", url="", question="", normalised="", canonical_url="", purged_at=timezone.now()
        )
        if not emptied:
            return
        _rows, kinds = Attachment.objects.filter(report=report).delete()  # what was read goes along
        transaction.on_commit(partial(files.remove_folder, report.media_prefix))
        log.record(
            AuditEvent.REPORT_PURGED, report, by=by, pictures=kinds.get("intake.Attachment", 0)
        )
