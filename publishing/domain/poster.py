"""What fits on one A4 page, to be read from two metres: the poster for a noticeboard."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from factcheck.models import NoticeVersion
from publishing.domain import render, share

CLAIM_LIMIT = 240  # characters; the whole texts are behind the code
TRUE_LIMIT, TRUE_LINES = 700, 8
DO_LIMIT, DO_LINES = 420, 5
LINE = 50  # characters' worth of paper that even a short line takes
# Up to so many characters in all, the letters may be so large; measured on printed pages.
SIZES = ((420, "l"), (800, "m"))
SMALLEST = "s"


@dataclass(frozen=True)
class Poster:
    claim: str
    what_is_true: SafeString
    what_to_do: list[SafeString]
    sources: str
    size: str  # class suffix of the letters: l, m or s


def poster_for(version: NoticeVersion) -> Poster:
    """The version's poster, in the language now active."""
    claim = render.shorten(version.claim, CLAIM_LIMIT)
    true = _shortened(version.what_is_true, TRUE_LIMIT, TRUE_LINES)
    todo = _shortened(version.what_to_do, DO_LIMIT, DO_LINES)
    length = sum(_room(text) for text in (claim, version.headline, true, todo))
    return Poster(
        claim=claim,
        what_is_true=render.html(true),
        what_to_do=render.items(todo),
        sources="; ".join(share.source_names(version)),
        size=next((size for limit, size in SIZES if length <= limit), SMALLEST),
    )


def _shortened(text: str, limit: int, lines: int) -> str:
    """The text as written, or its plain words where it has to be cut (a mark cut in half shows)."""
    if len(text) <= limit and len(text.splitlines()) <= lines:
        return text
    return render.shorten("\n".join(render.plain(text).splitlines()[:lines]), limit)


def _room(text: str) -> int:
    return sum(max(len(line), LINE) for line in text.splitlines() if line.strip())
