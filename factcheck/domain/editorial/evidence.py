"""Evidence: citations of a registered source, quoted and dated, with an archived copy."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import permissions as roles
from accounts.models import User
from accounts.permissions import Permission
from audit.domain import log
from audit.enums import AuditEvent
from channels.dispatch import enqueue
from factcheck import permissions, workflow
from factcheck.domain.editorial import archives, fetching, sources
from factcheck.domain.editorial.archives import ArchivedCopy
from factcheck.enums import ArchiveState, Stance
from factcheck.exceptions import FetchFailed, ValidationError, WrongState
from factcheck.models import Case, Evidence, Source
from matching.text.normalisation import clean

_LIMITS = {"quote": 2000, "title": 300, "document_number": 80, "url": 1000}


def cited(case: Case) -> list[Evidence]:
    """Evidence that is not withdrawn, in the order of its numbers."""
    return list(case.evidence.filter(withdrawn_at=None).select_related("source"))


def _cleaned_texts(**values: str) -> dict[str, str]:
    texts = {name: clean(value).strip() for name, value in values.items()}
    if not texts["quote"]:
        raise ValidationError(_("Quote the source word for word."))
    for name, limit in _LIMITS.items():
        if len(texts[name]) > limit:
            raise ValidationError(_("One of the texts is too long: please shorten it."))
    parts = urlsplit(texts["url"])
    if texts["url"] and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise ValidationError(_("The address must begin with http:// or https://."))
    return texts


def _check_citation(source: Source, stance: str, accessed_on: date) -> None:
    if stance not in Stance.values:
        raise ValidationError(_("Choose whether the source supports, refutes or gives context."))
    if accessed_on > timezone.localdate():
        raise ValidationError(_("The date of access lies in the future."))
    if not sources.active_sources(accessed_on).filter(pk=source.pk).exists():
        raise ValidationError(_("This source was not in the registry on the date of access."))


@contextmanager
def _written_copy(copy: ArchivedCopy | None) -> Iterator[str]:
    """Path of the copy, on disk before its row; removed again if the row is not committed."""
    path = archives.write(copy) if copy else ""
    try:
        with transaction.atomic():
            yield path
    except BaseException:
        if path:
            archives.remove(path)
        raise


def _archive_fields(
    copy: ArchivedCopy | None, path: str, by: User, *, fetch: bool = False
) -> dict[str, Any]:
    if copy is None:
        return {"archive_state": ArchiveState.PENDING} if fetch else {}
    return {
        "archive_state": ArchiveState.STORED,
        "archive_path": path,
        "archive_name": copy.name,
        "archive_type": copy.media_type,
        "archive_size": len(copy.data),
        "archive_sha256": copy.sha256,
        "archive_error": "",
        "archived_at": timezone.now(),
        "archived_by": by,
    }


def add(
    case: Case,
    *,
    source: Source,
    stance: str,
    quote: str,
    accessed_on: date,
    url: str = "",
    title: str = "",
    document_number: str = "",
    document_date: date | None = None,
    upload: "UploadedFile[Any] | None" = None,
    fetch: bool = False,
    by: User,
) -> Evidence:
    """Cite a source on a case being checked, with an uploaded copy or one to be fetched.

    Raises ValidationError for what cannot be used, WrongState while a verdict is in review.
    """
    permissions.check_can_check(case, by)  # before the file is read; again under the lock
    texts = _cleaned_texts(quote=quote, url=url, title=title, document_number=document_number)
    _check_citation(source, stance, accessed_on)
    if fetch:
        _check_fetch(texts["url"])
    copy = archives.read_upload(upload) if upload else None
    dates = {"accessed_on": accessed_on, "document_date": document_date}
    with _written_copy(copy) as path:
        archive = _archive_fields(copy, path, by, fetch=fetch)
        return _create(case, source, by, stance=stance, **dates, **texts, **archive)


def _create(case: Case, source: Source, by: User, **fields: Any) -> Evidence:
    permissions.check_can_check(workflow.lock(case), by)
    evidence = Evidence.objects.create(
        case=case, source=source, official=source.is_official, added_by=by, **fields
    )
    _record(AuditEvent.EVIDENCE_ADDED, evidence, by, source=source.pk, stance=str(evidence.stance))
    if evidence.archive_state == ArchiveState.PENDING:
        enqueue("factcheck.fetch_archive", evidence.pk)
    return evidence


def _record(event: AuditEvent, evidence: Evidence, by: User, **data: Any) -> None:
    unit = roles.acting_unit(by, Permission.CHECK, evidence.case.unit)
    sha256 = evidence.archive_sha256
    log.record(event, evidence, by=by, unit=unit, case=evidence.case_id, sha256=sha256, **data)


def _check_fetch(url: str) -> None:
    if not settings.EVIDENCE_FETCH:
        raise ValidationError(_("Fetching pages is switched off here: upload a copy instead."))
    if not url:
        raise ValidationError(_("An address is needed to fetch a copy."))


@transaction.atomic
def withdraw(evidence: Evidence, *, by: User) -> Evidence:
    """Withdraw a citation; it stays visible as withdrawn and supports no verdict any more."""
    permissions.check_can_check(workflow.lock(evidence.case), by)
    evidence.refresh_from_db()
    if evidence.withdrawn_at is not None:
        raise WrongState(_("This evidence has been withdrawn."))
    evidence.withdrawn_at, evidence.withdrawn_by = timezone.now(), by
    evidence.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _record(AuditEvent.EVIDENCE_WITHDRAWN, evidence, by)
    return evidence


def store_archive(
    evidence: Evidence, data: bytes, name: str, media_type: str, *, by: User
) -> Evidence:
    """Add a copy to a citation that has none: the fetch failed, or none was requested."""
    permissions.check_can_archive(evidence, by)
    copy = archives.recognise(data, name, media_type)
    with _written_copy(copy) as path:
        permissions.check_can_check(workflow.lock(evidence.case), by)
        _store(evidence, copy, path, by)
    evidence.refresh_from_db()
    return evidence


def _store(evidence: Evidence, copy: ArchivedCopy, path: str, by: User) -> None:
    unarchived = Evidence.objects.filter(pk=evidence.pk).exclude(archive_state=ArchiveState.STORED)
    if not unarchived.update(**_archive_fields(copy, path, by)):
        raise WrongState(_("This evidence has an archived copy already; it is not replaced."))
    evidence.refresh_from_db()
    _record(AuditEvent.EVIDENCE_ARCHIVED, evidence, by)


@transaction.atomic
def fetch_again(evidence: Evidence, *, by: User) -> Evidence:
    """Fetch the copy again after a failure, or for the first time."""
    permissions.check_can_check(workflow.lock(evidence.case), by)
    _check_fetch(evidence.url)
    unarchived = Evidence.objects.filter(
        pk=evidence.pk,
        withdrawn_at__isnull=True,
        archive_state__in=[ArchiveState.NONE, ArchiveState.FAILED],
    )
    reset = {"archive_attempts": 0, "archive_tried_at": None, "archive_error": ""}
    if not unarchived.update(archive_state=ArchiveState.PENDING, **reset):
        raise WrongState(_("The copy is here already, or being fetched."))
    evidence.refresh_from_db()
    _record(AuditEvent.EVIDENCE_FETCH_ASKED, evidence, by)
    enqueue("factcheck.fetch_archive", evidence.pk)
    return evidence


def fetch_archive(evidence_id: int, *, guard: fetching.Guard = fetching.PUBLIC) -> bool:
    """Fetch and archive the page of a citation; True if the copy was stored.

    One worker at a time, three attempts in all; an error is stored as a sentence. The copy counts
    as made by the person who added the citation.
    """
    if not settings.EVIDENCE_FETCH or not archives.claim(evidence_id):
        return False
    evidence = Evidence.objects.select_related("added_by", "case__unit").get(pk=evidence_id)
    try:
        page = fetching.fetch(evidence.url, guard=guard)
        name = urlsplit(page.url).path.rpartition("/")[2] or "page"
        copy = archives.recognise(page.data, name, page.media_type)
        with _written_copy(copy) as path:
            _store(evidence, copy, path, evidence.added_by)
    except (FetchFailed, ValidationError, WrongState) as error:
        archives.record_failure(evidence, str(error))
        return False
    return True
