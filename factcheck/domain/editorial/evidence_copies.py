"""Copies of evidence: uploaded or fetched, with their provenance and their words."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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
from factcheck.domain.copies import process
from factcheck.domain.editorial import archives, copy_texts, fetching, hosts
from factcheck.domain.editorial.archives import ArchivedCopy
from factcheck.domain.editorial.fetching import Page
from factcheck.enums import ArchiveState, Provenance
from factcheck.exceptions import FetchFailed, ValidationError, WrongState
from factcheck.models import CopyText, Evidence, Source


@dataclass(frozen=True)
class PreparedCopy:
    """A copy with everything that reading it says, before a transaction is opened for it."""

    copy: ArchivedCopy
    provenance: dict[str, Any]  # fields of Evidence
    words: dict[str, Any]  # fields of CopyText

    def fields(self, path: str, by: User) -> dict[str, Any]:
        """The fields of the evidence it belongs to, once it is written to the path."""
        return {
            "archive_state": ArchiveState.STORED,
            "archive_path": path,
            "archive_name": self.copy.name,
            "archive_type": self.copy.media_type,
            "archive_size": len(self.copy.data),
            "archive_sha256": self.copy.sha256,
            "archive_error": "",
            "archived_at": timezone.now(),
            "archived_by": by,
            **self.provenance,
        }


def prepare(
    copy: ArchivedCopy, source: Source, quote: str, *, fetched_from: str = ""
) -> PreparedCopy:
    """Read the copy, search the quotation and check its signature: seconds, outside any lock."""
    provenance = _provenance(copy, source, fetched_from)
    return PreparedCopy(copy, provenance, copy_texts.fields_for(quote, copy))


def prepare_upload(upload: "UploadedFile[Any]", source: Source, quote: str) -> PreparedCopy:
    """The same for a file that was handed in; raises ValidationError when it cannot be read."""
    return prepare(archives.read_upload(upload), source, quote)


def _provenance(copy: ArchivedCopy, source: Source, fetched_from: str) -> dict[str, Any]:
    """Where a copy came from. Fetched counts only from a domain of the source, also after
    redirects; a signature only in the name that the registry holds for the source."""
    signed_by = process.signer(copy.data) if copy.media_type == archives.PDF else ""
    provenance = Provenance.HANDED_IN
    if signed_by and source.signer and signed_by.casefold() == source.signer.casefold():
        provenance = Provenance.SIGNED
    if fetched_from and hosts.belongs(fetched_from, source.domains):
        provenance = Provenance.FETCHED
    fields = {"signed_by": signed_by[:200], "fetched_from": fetched_from[:1000]}
    return {"provenance": provenance, **fields}


@contextmanager
def written(prepared: PreparedCopy | None) -> Iterator[str]:
    """Path of the copy, on disk before its row; removed again if the row is not committed."""
    path = archives.write(prepared.copy) if prepared else ""
    try:
        with transaction.atomic():
            yield path
    except BaseException:
        if path:
            archives.remove(path)
        raise


def add_words(evidence: Evidence, prepared: PreparedCopy) -> None:
    """Store the words of a new copy; a picture or a scan is read in the background."""
    CopyText.objects.create(evidence=evidence, **prepared.words)
    if "quote_match" in prepared.words:
        copy_texts.record_read(evidence, str(prepared.words["quote_match"]))
    else:
        enqueue("factcheck.read_picture_copy", evidence.pk)


def record(event: AuditEvent, evidence: Evidence, by: User, **data: Any) -> None:
    """The audit row of a change to a citation."""
    unit = roles.acting_unit(by, Permission.CHECK, evidence.case.unit)
    sha256 = evidence.archive_sha256
    log.record(event, evidence, by=by, unit=unit, case=evidence.case_id, sha256=sha256, **data)


def check_fetch(url: str) -> None:
    """Raise ValidationError unless a copy can be fetched from the address."""
    if not settings.EVIDENCE_FETCH:
        raise ValidationError(_("Fetching pages is switched off here: upload a copy instead."))
    if not url:
        raise ValidationError(_("An address is needed to fetch a copy."))


def store_archive(
    evidence: Evidence, data: bytes, name: str, media_type: str, *, by: User
) -> Evidence:
    """Add a copy to a citation that has none: the fetch failed, or none was requested."""
    permissions.check_can_archive(evidence, by)
    copy = archives.recognise(data, name, media_type)
    prepared = prepare(copy, evidence.source, evidence.quote)
    with written(prepared) as path:
        permissions.check_can_check(workflow.lock(evidence.case), by)
        _store(evidence, prepared, path, by)
    evidence.refresh_from_db()
    return evidence


def _store(evidence: Evidence, prepared: PreparedCopy, path: str, by: User) -> None:
    quote = Evidence.objects.values_list("quote", flat=True).get(pk=evidence.pk)
    unarchived = Evidence.objects.filter(pk=evidence.pk).exclude(archive_state=ArchiveState.STORED)
    if not unarchived.update(**prepared.fields(path, by)):
        raise WrongState(_("This evidence has an archived copy already; it is not replaced."))
    is_edited = quote != evidence.quote
    evidence.refresh_from_db()
    provenance = str(evidence.provenance)
    record(AuditEvent.EVIDENCE_ARCHIVED, evidence, by, provenance=provenance)
    add_words(evidence, prepared)
    if is_edited:  # while the copy was being read
        copy_texts.locate(evidence)


@transaction.atomic
def fetch_again(evidence: Evidence, *, by: User) -> Evidence:
    """Fetch the copy again after a failure, or for the first time."""
    permissions.check_can_check(workflow.lock(evidence.case), by)
    check_fetch(evidence.url)
    unarchived = Evidence.objects.filter(
        pk=evidence.pk,
        withdrawn_at__isnull=True,
        archive_state__in=[ArchiveState.NONE, ArchiveState.FAILED],
    )
    reset = {"archive_attempts": 0, "archive_tried_at": None, "archive_error": ""}
    if not unarchived.update(archive_state=ArchiveState.PENDING, **reset):
        raise WrongState(_("The copy is here already, or being fetched."))
    evidence.refresh_from_db()
    record(AuditEvent.EVIDENCE_FETCH_ASKED, evidence, by)
    enqueue("factcheck.fetch_archive", evidence.pk)
    return evidence


def fetch_archive(evidence_id: int) -> bool:
    """Fetch and archive the page of a citation; True if the copy was stored.

    One worker at a time, three attempts in all; an error is stored as a sentence. The copy counts
    as made by the person who added the citation.
    """
    if not settings.EVIDENCE_FETCH or not archives.claim(evidence_id):
        return False
    rows = Evidence.objects.select_related("added_by", "case__unit", "source")
    evidence = rows.get(pk=evidence_id)
    try:
        store_fetched(evidence, fetching.fetch(evidence.url))
    except (FetchFailed, ValidationError, WrongState) as error:
        archives.record_failure(evidence, str(error))
        return False
    return True


def store_fetched(evidence: Evidence, page: Page) -> None:
    """Archive a page that was fetched; raises ValidationError when it cannot be read."""
    name = urlsplit(page.url).path.rpartition("/")[2] or "page"
    copy = archives.recognise(page.data, name, page.media_type)
    prepared = prepare(copy, evidence.source, evidence.quote, fetched_from=page.url)
    with written(prepared) as path:
        workflow.lock(evidence.case)
        _store(evidence, prepared, path, evidence.added_by)
