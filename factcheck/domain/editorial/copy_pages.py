"""Pages of an archived copy as pictures: drawn once, with the quotation marked, and kept on disk.

A picture shows what is on the page and nothing else: no hidden layer, no metadata, no script.
"""

import hashlib
from contextlib import suppress

from django.conf import settings

from factcheck.domain.copies import process
from factcheck.domain.editorial import archives, copy_texts, proof
from factcheck.enums import QuoteMatch
from factcheck.exceptions import ValidationError
from factcheck.models import Evidence
from intake.domain import files

SHOWN = 20  # pages of one copy that are drawn


def marked_pages(item: Evidence) -> list[tuple[int, str]]:
    """(page from 0, words of the quotation on it) of each page where it stands."""
    row = proof.text_of(item)
    if row is None or row.needs_ocr or item.archive_type != archives.PDF:
        return []
    if row.quote_match not in (QuoteMatch.WHOLE, QuoteMatch.PART):
        return []
    return copy_texts.pages_of(row.text, row.quote_start, row.quote_end)


def count(item: Evidence) -> int:
    """How many pages can be shown: of a PDF only."""
    row = proof.text_of(item)
    return min(row.pages, SHOWN) if row and item.archive_type == archives.PDF else 0


def picture(item: Evidence, number: int, *, stamp: str = "") -> bytes:
    """PNG of a page of a PDF, from 0, with an ASCII text across it for the public.

    Raises:
        ValidationError: there is no such page, or the file is no longer the archived copy.
    """
    if not 0 <= number < count(item):
        raise ValidationError(process.SENTENCES["page"])
    data = archives.read_stored(item)
    quote = dict(marked_pages(item)).get(number, "")
    drawn = f"{item.archive_sha256}\0{number}\0{quote}\0{stamp}"
    folder = files.media_path(settings.EVIDENCE_MEDIA_PREFIX) / "pages"
    name = f"{hashlib.sha256(drawn.encode()).hexdigest()}.png"
    with suppress(OSError):
        return (folder / name).read_bytes()
    png = process.page_picture(data, number, quote, stamp).png
    with suppress(OSError):  # the disk is full, or another request has written it
        files.write(folder, name, png)
    return png
