"""Copy texts: the words of each archived copy, and where the quotation stands in them."""

import io
from datetime import timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from PIL import Image

from audit.domain import log as audit_log
from audit.enums import AuditEvent
from factcheck import workflow
from factcheck.domain.copies import process
from factcheck.domain.editorial import archives
from factcheck.domain.editorial.archives import ArchivedCopy
from factcheck.enums import QuoteMatch
from factcheck.exceptions import ValidationError
from factcheck.models import CopyText, Evidence
from intake.domain import image_text, tesseract
from intake.enums import ReadingState
from matching.text import quotations
from matching.text.normalisation import clean

log = structlog.get_logger("factcheck")

MAX_TRIES = 3
_VISIBLE = 0.9  # share of a quotation's letters that must be seen on the page
_OCR_PIXELS = 4_000_000
_OCR_PAGES = 6  # of a scan: what a worker reads within its time


def place_of(quote: str, text: str, pdf: bytes = b"") -> dict[str, Any]:
    """The fields of ``CopyText`` that say where the quotation stands in a text."""
    place = quotations.find(quote, text)
    if place is None:
        return {"quote_match": QuoteMatch.ABSENT, "quote_start": 0, "quote_end": 0}
    match = QuoteMatch.WHOLE if place.whole else QuoteMatch.PART
    if pdf and not _is_visible(pdf, text, place.start, place.end):
        match = QuoteMatch.HIDDEN
    return {"quote_match": match, "quote_start": place.start, "quote_end": place.end}


def pages_of(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """(number from 0, words of the span on it) of each page on which the span stands."""
    first = text.count("\f", 0, start)
    parts = text[start:end].split("\f")
    return [(first + index, part) for index, part in enumerate(parts) if part.strip()]


def _is_visible(pdf: bytes, text: str, start: int, end: int) -> bool:
    """Whether the words can be seen on their pages: not white, covered or beside the paper."""
    return all(
        process.page_picture(pdf, number, words).ink >= _VISIBLE
        for number, words in pages_of(text, start, end)
    )


def fields_for(quote: str, copy: ArchivedCopy) -> dict[str, Any]:
    """The fields of ``CopyText`` for a new copy; a picture or a scan waits for its reading."""
    if copy.words is None or not copy.words.text:
        pages = copy.words.pages if copy.words else 1
        return {"state": ReadingState.WAITING, "needs_ocr": True, "pages": pages}
    return _read_fields(quote, copy.words, copy.data if copy.media_type == archives.PDF else b"")


def _read_fields(quote: str, words: process.CopyText, pdf: bytes = b"") -> dict[str, Any]:
    return {
        "state": ReadingState.READ,
        "text": words.text,
        "pages": words.pages,
        "read_at": timezone.now(),
        "error": "",
        **place_of(quote, words.text, pdf),
    }


def waiting(older_than: timedelta, *, needs_ocr: bool) -> QuerySet[CopyText]:
    """Copies without a reading after so long, oldest first: those with words, or pictures."""
    before = timezone.now() - older_than
    rows = CopyText.objects.filter(state=ReadingState.WAITING, created_at__lte=before)
    return rows.filter(needs_ocr=needs_ocr).order_by("created_at")


def read(evidence_id: int) -> bool:
    """Read the copy of a citation and search its quotation; True when its words were stored now.

    Safe to run twice. A scan waits for a machine with OCR. After three failed attempts, killed
    workers included, the reading is marked failed, with the reason as a sentence.
    """
    rows = CopyText.objects.filter(evidence=evidence_id, state=ReadingState.WAITING)
    row = rows.select_related("evidence__case").first()
    if row is None or (row.needs_ocr and not image_text.available()):
        return False
    if row.tries >= MAX_TRIES:
        rows.update(state=ReadingState.FAILED, error=str(process.SENTENCES["damaged"])[:300])
        return False
    if not rows.filter(tries=row.tries).update(tries=F("tries") + 1):
        return False  # another worker has just begun
    try:
        fields = _fields_of_stored(row)
    except (ValidationError, OSError, tesseract.Unreadable, Image.DecompressionBombError) as error:
        log.warning("copy_unreadable", evidence=evidence_id, error=type(error).__name__)
        if isinstance(error, ValidationError):
            rows.update(state=ReadingState.FAILED, error=str(error)[:300])
        return False
    if not fields:  # a scan: its turn comes in the other queue
        rows.update(needs_ocr=True, tries=0)
        return False
    return _store(row.evidence, fields)


@transaction.atomic
def _store(evidence: Evidence, fields: dict[str, Any]) -> bool:
    """Store the reading; the quotation may have been edited meanwhile, so it is searched again."""
    workflow.lock(evidence.case)
    quote = Evidence.objects.values_list("quote", flat=True).get(pk=evidence.pk)
    if quote != evidence.quote:
        fields = {**fields, **place_of(quote, fields["text"])}
    rows = CopyText.objects.filter(evidence=evidence, state=ReadingState.WAITING)
    if not rows.update(**fields):
        return False
    record_read(evidence, str(fields["quote_match"]))
    return True


def record_read(evidence: Evidence, quote_match: str) -> None:
    audit_log.record(
        AuditEvent.EVIDENCE_READ, evidence, by=None, case=evidence.case_id, match=quote_match
    )


def _fields_of_stored(row: CopyText) -> dict[str, Any]:
    """The fields after reading the stored copy; {} for a PDF without words."""
    item = row.evidence
    data = archives.read_stored(item)
    if row.needs_ocr or item.archive_type in archives.PICTURES:
        text, pages = _recognised_text(data, item.archive_type, row.pages), row.pages
        return _read_fields(item.quote, process.CopyText(text, pages))
    words = process.text(data, item.archive_type)
    if not words.text:
        return {}
    return _read_fields(item.quote, words, data if item.archive_type == archives.PDF else b"")


def _recognised_text(data: bytes, media_type: str, pages: int) -> str:
    """What OCR reads: of a picture, or of the first pages of a scan."""
    if media_type in archives.PICTURES:
        with Image.open(io.BytesIO(data), formats=[archives.PICTURES[media_type]]) as image:
            return _words(image)
    texts = []
    for number in range(min(pages, _OCR_PAGES)):
        with Image.open(io.BytesIO(process.page_picture(data, number).png)) as image:
            texts.append(_words(image))
    return "\f".join(texts)


def _words(image: Image.Image) -> str:
    grey = image.convert("L")
    scale = min(1.0, (_OCR_PIXELS / (grey.width * grey.height)) ** 0.5)
    grey.thumbnail((int(grey.width * scale) or 1, int(grey.height * scale) or 1))
    return clean(tesseract.read(grey)).strip()


def place_in_copy(evidence: Evidence, quote: str) -> dict[str, Any]:
    """Where a quotation stands in a copy that has been read; {} when none has been."""
    row = CopyText.objects.filter(evidence=evidence, state=ReadingState.READ).first()
    if row is None:
        return {}
    is_pdf = evidence.archive_type == archives.PDF and not row.needs_ocr
    return place_of(quote, row.text, archives.read_stored(evidence) if is_pdf else b"")


def locate(evidence: Evidence) -> None:
    """Search the quotation again, which was edited while the copy was being read."""
    if place := place_in_copy(evidence, evidence.quote):
        CopyText.objects.filter(evidence=evidence).update(**place)
