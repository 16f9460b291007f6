"""Archived copies of cited pages: recognised by content, written to disk before the row."""

import hashlib
import io
import zipfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePath
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image

from factcheck.domain.copies import process
from factcheck.enums import ArchiveState
from factcheck.exceptions import ValidationError
from factcheck.models import Evidence
from intake.domain import files
from matching.text.normalisation import clean

MAX_ATTEMPTS = 3
_FETCH_TIMEOUT = timedelta(minutes=2)  # an attempt older than this has died
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXTENSIONS = {
    PDF: "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "text/html": "html",
    DOCX: "docx",
}


PICTURES = {"image/jpeg": "JPEG", "image/png": "PNG"}
TEXTS = ("text/html", DOCX)
_PIXELS = 40_000_000


@dataclass(frozen=True)
class ArchivedCopy:
    """A file whose media type has been recognised, with its words; None for a picture, whose words
    are read in the background."""

    data: bytes
    name: str
    media_type: str
    words: process.CopyText | None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def _is_docx(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {"[Content_Types].xml", "word/document.xml"} <= set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def _is_html(data: bytes, stated: str) -> bool:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    named = b"<html" in head or head.startswith(b"<!doctype html") or stated == "text/html"
    return named and b"\x00" not in data


def media_type_of(data: bytes, stated: str = "") -> str:
    """Media type by the first bytes; "" for a kind of file that is not archived."""
    if data[:5] == b"%PDF-":
        return PDF
    if data[:3] == b"\xff\xd8\xff":
        return "image/jpeg"
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return "image/png"
    if data[:4] == b"PK\x03\x04":
        return DOCX if _is_docx(data) else ""
    return "text/html" if _is_html(data, stated) else ""


def _check_picture(data: bytes, media_type: str) -> None:
    """Raise ValidationError unless the bytes are a picture that can be opened."""
    try:
        with Image.open(io.BytesIO(data), formats=[PICTURES[media_type]]) as image:
            if image.width * image.height > _PIXELS:
                raise ValidationError(_("This picture is too large: scan it with less detail."))
            image.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise ValidationError(process.SENTENCES["damaged"]) from None


def recognise(data: bytes, name: str, media_type: str = "") -> ArchivedCopy:
    """Return a copy that can be stored, with its words.

    Raises:
        ValidationError: the file is empty, too large, damaged, or of a kind that is not archived.
    """
    if not data:
        raise ValidationError(_("This file is empty."))
    if len(data) > settings.EVIDENCE_MAX_BYTES:
        raise ValidationError(_("This file is larger than 10 MB."))
    recognised = media_type_of(data, media_type)
    if not recognised:
        raise ValidationError(
            _(
                "Only PDF, JPEG, PNG, HTML and DOCX files can be archived: a text that was typed "
                "is no copy of a document."
            )
        )
    words = None
    if recognised in PICTURES:
        _check_picture(data, recognised)
    else:
        words = process.text(data, recognised)
    stem = PurePath(clean(name).replace("\\", "/")).stem[:80].strip() or "copy"
    return ArchivedCopy(data, f"{stem}.{EXTENSIONS[recognised]}", recognised, words)


def read_upload(upload: "UploadedFile[Any]") -> ArchivedCopy:
    """Return an uploaded file as a copy; reads no more than the limit and one byte."""
    data = upload.read(settings.EVIDENCE_MAX_BYTES + 1)
    return recognise(data, upload.name or "copy", upload.content_type or "")


def write(copy: ArchivedCopy) -> str:
    """Write and sync the bytes under a random name; return the path below MEDIA_ROOT."""
    folder = files.media_path(settings.EVIDENCE_MEDIA_PREFIX)
    name = f"{token_hex(16)}.{EXTENSIONS[copy.media_type]}"
    files.write(folder, name, copy.data)
    files.sync_folder(folder)
    files.sync_folder(folder.parent)
    return f"{settings.EVIDENCE_MEDIA_PREFIX}/{name}"


def read_stored(evidence: Evidence) -> bytes:
    """The bytes of a stored copy.

    Raises:
        ValidationError: the file is gone, or is no longer the one whose SHA-256 was noted.
    """
    try:
        data = files.media_path(evidence.archive_path).read_bytes()
    except OSError:
        raise ValidationError(_("The file of the archived copy is gone.")) from None
    if hashlib.sha256(data).hexdigest() != evidence.archive_sha256:
        raise ValidationError(
            _("The file is no longer the copy that was archived: its SHA-256 differs.")
        )
    return data


def remove(path: str) -> None:
    """Delete a file whose row was not committed."""
    files.media_path(path).unlink(missing_ok=True)


def pending_ids() -> QuerySet[Evidence, int]:
    """Ids of evidence whose page has to be fetched and that no worker is fetching now."""
    idle = Q(archive_tried_at__isnull=True) | Q(
        archive_tried_at__lt=timezone.now() - _FETCH_TIMEOUT
    )
    pending = Evidence.objects.filter(idle, archive_state=ArchiveState.PENDING)
    return pending.order_by("added_at").values_list("pk", flat=True)


def claim(evidence_id: int) -> bool:
    """Count an attempt; False if another worker fetches it or there is nothing to fetch."""
    return bool(
        Evidence.objects.filter(pk=evidence_id, pk__in=pending_ids()).update(
            archive_attempts=F("archive_attempts") + 1, archive_tried_at=timezone.now()
        )
    )


def record_failure(evidence: Evidence, reason: str) -> None:
    """Store the reason; after the third attempt a person has to upload a copy."""
    is_last_attempt = evidence.archive_attempts >= MAX_ATTEMPTS
    Evidence.objects.filter(pk=evidence.pk, archive_state=ArchiveState.PENDING).update(
        archive_state=ArchiveState.FAILED if is_last_attempt else ArchiveState.PENDING,
        archive_error=reason[:300],
    )
