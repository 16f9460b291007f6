"""Quotations: where a text contains a quotation word for word, and the sentences around it.

Differences of typography are ignored: kinds of quotation marks and dashes, spaces, line breaks,
composed or decomposed letters, capitals, ligatures, and a hyphen at the end of a line. Letters with
other diacritics, other digits and other words are not.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_DROPPED = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff\u0002\ufffe]")
_SAME = {
    **dict.fromkeys("“”„‟«»‘’‚‛‹›′″`´'", '"'),
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
    "ð": "đ", "ɖ": "đ", "…": "...", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl",
    "·": "•", "\uf0b7": "•", "▪": "•",
}  # fmt: skip
_NO_SPACE_BEFORE = frozenset(",.;:!?)]}-/%")
_NO_SPACE_AFTER = frozenset("([{-/")
_BULLET = re.compile(r"\s*(?:[-–+•*▪]\s|\(?\d{1,3}[.)]\s|[a-zđ][.)]\s)")
_CONTEXT_LIMIT = 400  # characters of one neighbouring sentence
_IGNORED = -2  # spaces at a place where a word was divided
_SHORT_LINE = 0.75  # of the longest line: under this, a line ends its paragraph


@dataclass(frozen=True)
class Quotation:
    """The place of a quotation: ``text[start:end]``. ``whole``: it cuts no sentence of the text."""

    start: int
    end: int
    whole: bool


@dataclass(frozen=True)
class _Folded:
    """A text without differences of typography; ``places[i]`` is where ``text[i]`` came from."""

    text: str
    places: list[int]


def _letters(text: str) -> Iterator[tuple[str, int]]:
    """Each letter with its combining marks composed, and where it begins."""
    begin = 0
    for index in range(1, len(text) + 1):
        if index < len(text) and unicodedata.combining(text[index]):
            continue
        yield unicodedata.normalize("NFC", text[begin:index]), begin
        begin = index


def _folded(text: str, *, join_lines: bool) -> _Folded:
    """The text folded; ``join_lines``: a hyphen at the end of a line divides a word."""
    characters: list[str] = []
    places: list[int] = []
    space_at = -1  # where the spaces before the letter begin
    for letter, place in _letters(text):
        if letter.isspace():
            divided = join_lines and letter in "\r\n" and _is_divided(characters)
            if divided:
                characters.pop()
                places.pop()
            if divided or space_at == _IGNORED:
                space_at = _IGNORED
            elif space_at < 0:
                space_at = place
            continue
        if _DROPPED.fullmatch(letter):
            continue
        same = "".join(_SAME.get(one, one) for one in letter.casefold())
        if space_at >= 0 and characters and not _glued(characters[-1], same[:1]):
            characters.append(" ")
            places.append(space_at)
        space_at = -1
        characters.extend(same)
        places.extend([place] * len(same))
    return _Folded("".join(characters), places)


def _is_divided(characters: list[str]) -> bool:
    """Whether the line ends in a hyphen after a letter; after a digit it stands for "to"."""
    return characters[-1:] == ["-"] and "".join(characters[-2:-1]).isalpha()


def _glued(before: str, after: str) -> bool:
    """Whether a space between the two is a matter of typography."""
    return before in _NO_SPACE_AFTER or after in _NO_SPACE_BEFORE


def _stop(text: str, place: int) -> int:
    """The end of the letter that begins at a place, with its combining marks."""
    end = place + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def find(quote: str, text: str) -> Quotation | None:
    """The first place of the quotation in the text, preferring one that cuts no sentence."""
    best: Quotation | None = None
    for join_lines in (False, True):
        wanted = _folded(quote.strip().strip('“”"'), join_lines=False).text
        folded = _folded(text, join_lines=join_lines)
        for first in _occurrences(wanted, folded.text):
            last = folded.places[first + len(wanted) - 1]
            start, end = folded.places[first], _stop(text, last)
            quotation = Quotation(start, end, _is_whole(text, start, end))
            if quotation.whole:
                return quotation
            best = best or quotation
    return best


def _occurrences(wanted: str, text: str) -> Iterator[int]:
    """Places of whole words only: “5 trường” is not in “15 trường”."""
    place = text.find(wanted) if wanted else -1
    while place >= 0:
        stop = place + len(wanted)
        starts = not (text[place - 1 : place].isalnum() and wanted[0].isalnum())
        ends = not (text[stop : stop + 1].isalnum() and wanted[-1].isalnum())
        if starts and ends and not _inside_number(text, place, stop):
            yield place
        place = text.find(wanted, place + 1)


def _inside_number(text: str, start: int, end: int) -> bool:
    """Whether an end of the match lies inside a number such as 1.500 or 23/11."""
    edges = (text[start - 2 : start] + text[start : start + 1], text[end - 1 : end + 2])
    return any(re.fullmatch(r"\d[.,/]\d", edge) for edge in edges)


def sentences(text: str) -> list[tuple[int, int]]:
    """The sentences of a text as (start, end), in order: they end at a full stop before a capital,
    at a blank line, before an item of a list, and where a line is short."""
    longest = max((len(line) for line in re.split(r"[\r\n\f]+", text)), default=0)
    ends = [match.end() for match in re.finditer(r"[.!?…]+[\"”’»)\]']*(?=\s)", text)]
    ends = [end for end in ends if _begins_sentence(text, end)]
    for match in re.finditer(r"[^\r\n\f]*([\r\n\f]+)", text):
        line = text[match.start() : match.start(1)]
        is_short = len(line) < _SHORT_LINE * longest
        following = text[match.end() : match.end() + 12]
        blank = len(re.findall(r"\r?\n|\f", match[1])) > 1
        capital = following[:1].isupper() or following[:1].isdigit()
        if blank or _BULLET.match(following) or (is_short and capital):
            ends.append(match.start(1))
    edges = [0, *sorted({*ends, len(text)})]
    spans = (_trimmed(text, start, end) for start, end in pairwise(edges))
    return [span for span in spans if span[0] < span[1]]


def _begins_sentence(text: str, place: int) -> bool:
    """Whether what follows looks like a new sentence rather than an abbreviation's next word."""
    following = text[place : place + 12].lstrip()
    if not following:
        return True
    first = following.lstrip('"“‘«([-–+•*')[:1]
    return first.isupper() or first.isdigit() or first == ""


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether the span covers every sentence it touches, apart from marks at its edges."""
    touched = [span for span in sentences(text) if span[0] < end and span[1] > start]
    if not touched:
        return False
    before, after = text[touched[0][0] : start], text[end : touched[-1][1]]
    head = _BULLET.sub("", before + " ", count=1) if before else ""
    return not re.search(r"\w", head) and not re.search(r"\w", after)


def surroundings(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The sentence before, the whole sentences that contain the span, and the sentence after."""
    spans = sentences(text)
    inside = [index for index, span in enumerate(spans) if span[0] < end and span[1] > start]
    if not inside:
        return "", text[start:end], ""
    first, last = inside[0], inside[-1]
    before = text[slice(*spans[first - 1])] if first else ""
    after = text[slice(*spans[last + 1])] if last + 1 < len(spans) else ""
    middle = text[spans[first][0] : spans[last][1]]
    return _one_line(before)[-_CONTEXT_LIMIT:], _one_line(middle), _one_line(after)[:_CONTEXT_LIMIT]


def _one_line(text: str) -> str:
    return " ".join(_DROPPED.sub("", text).split())
