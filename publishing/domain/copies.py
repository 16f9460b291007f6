"""Archived copies that the public may open: a second person confirmed that they name nobody.

A PDF is shown as pictures of its pages. Any other copy is shown as its words, and given as a file
only where we fetched it from the source, which publishes that file itself.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from factcheck.domain.editorial import archives, copy_pages
from factcheck.enums import ArchiveState, Provenance, QuoteMatch
from factcheck.models import Evidence, NoticeVersion
from publishing.domain import notice_content
from publishing.domain.notice_content import CitedEvidence

WORDS_SHOWN = 6000  # characters before and after the quotation


@dataclass(frozen=True)
class Words:
    """The text of a copy around its quotation; ``quote`` is empty where it was not found."""

    before: str
    quote: str
    after: str


@dataclass(frozen=True)
class PublicCopy:
    """A copy that was opened to the public with a version of a notice."""

    cited: CitedEvidence
    item: Evidence
    is_file: bool  # may be downloaded as it is

    @property
    def marked(self) -> list[int]:
        """Numbers of the pages with the quotation, from 1."""
        pages = [number + 1 for number, _words in copy_pages.marked_pages(self.item)]
        return [number for number in pages if number <= copy_pages.SHOWN]

    @property
    def pages(self) -> list[int]:
        """Numbers of the other pages, from 1."""
        marked = self.marked
        return [n for n in range(1, copy_pages.count(self.item) + 1) if n not in marked]

    @property
    def words(self) -> Words:
        row = self.item.copy_text
        if row.quote_match not in (QuoteMatch.WHOLE, QuoteMatch.PART):
            return Words(row.text[:WORDS_SHOWN], "", "")
        start, end = row.quote_start, row.quote_end
        before, after = row.text[max(0, start - WORDS_SHOWN) : start], row.text[end:]
        return Words(before, row.text[start:end], after[:WORDS_SHOWN])

    def picture(self, number: int) -> bytes:
        """PNG of a page, from 1, stamped; raises ValidationError when there is none."""
        host = urlsplit(settings.SITE_URL).hostname or ""
        stamp = f"{host}  SHA-256 {self.item.archive_sha256[:16]}"
        return copy_pages.picture(self.item, number - 1, stamp=stamp)

    def data(self) -> bytes:
        """The file itself; raises ValidationError when it is not the archived one any more."""
        return archives.read_stored(self.item)


def find(version: NoticeVersion, position: int) -> PublicCopy | None:
    """The copy of a version's citation, from 1; None when the public may not open it."""
    if not 1 <= position <= len(version.evidence):
        return None
    row = version.evidence[position - 1]
    if not row.get("copy_public"):
        return None
    item = (
        Evidence.objects.filter(
            pk=row.get("evidence"),
            case=version.notice.case_id,
            official=True,
            archive_state=ArchiveState.STORED,
            archive_sha256=row.get("archive_sha256") or None,
        )
        .select_related("copy_text")
        .first()
    )
    if item is None:
        return None
    is_file = item.provenance == Provenance.FETCHED and item.archive_type in archives.TEXTS
    return PublicCopy(notice_content.evidence(version)[position - 1], item, is_file)
