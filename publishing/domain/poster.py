"""Poster: one A4 page for a noticeboard, legible from two metres."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from factcheck.models import NoticeVersion
from publishing.domain import render, share

CLAIM_LIMIT = 240  # characters; the QR code leads to the full text
TRUE_LIMIT, TRUE_LINES = 700, 8
DO_LIMIT, DO_LINES = 420, 5
LINE = 50  # characters: the least a line counts, however short
# (characters in all, font size): the largest size that fits, measured on printed pages.
SIZES = ((420, "l"), (800, "m"))
SMALLEST = "s"


@dataclass(frozen=True)
class Poster:
    claim: str
    what_is_true: SafeString
    what_to_do: list[SafeString]
    sources: str
    size: str  # CSS class suffix of the font size: l, m or s


def poster_for(version: NoticeVersion) -> Poster:
    """Return the version's poster, in the active language."""
    claim = render.shorten(version.claim, CLAIM_LIMIT)
    what_is_true = _shortened(version.what_is_true, TRUE_LIMIT, TRUE_LINES)
    what_to_do = _shortened(version.shown_advice, DO_LIMIT, DO_LINES)
    length = sum(
        _printed_length(text)
        for text in (claim, version.leading_headline, what_is_true, what_to_do)
    )
    return Poster(
        claim=claim,
        what_is_true=render.html(what_is_true),
        what_to_do=render.items(what_to_do),
        sources="; ".join(share.source_names(version)),
        size=next((size for limit, size in SIZES if length <= limit), SMALLEST),
    )


def _shortened(text: str, limit: int, lines: int) -> str:
    """The text as written, or cut as plain text: half a Markdown mark would show."""
    if len(text) <= limit and len(text.splitlines()) <= lines:
        return text
    return render.shorten("\n".join(render.plain(text).splitlines()[:lines]), limit)


def _printed_length(text: str) -> int:
    return sum(max(len(line), LINE) for line in text.splitlines() if line.strip())
