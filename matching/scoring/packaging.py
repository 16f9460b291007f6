"""Packaging: sentences at both ends of an exact key that are a forwarder's own.

A sentence ends at a mark or at a decorative sign. It goes as a whole, if every word of it is of the
closed classes of ``matching.text.packaging_words``, or stays as a whole. A comma ends it only after
a greeting, since a comma may also stand between the items of a claim.
"""

import re
from functools import lru_cache

from matching.text.allowed_residue import EDGE_DECORATION
from matching.text.letters import unify
from matching.text.normalisation import SIGN, exact_key
from matching.text.packaging_words import (
    ACTS,
    CAPITAL_NAMES,
    FILLERS,
    GROUP,
    MAX_PACKAGING_WORDS,
    MEDIA,
    NAME_WORDS,
    NAMES,
    PACKAGING_PHRASES,
    PARTICLES,
    PEOPLE,
    QUESTION_ENDS,
    QUESTION_STARTS,
    STATEMENTS,
)
from matching.text.residue import PERSON_TAG

_SIGN = rf"{SIGN}[{re.escape(''.join(sorted(EDGE_DECORATION)))}]"
_ANY_MARK = rf"(?:[.,?!:;]|{_SIGN})"
# A colon and a comma belong to a sentence that closes: "Nguồn: trên mạng".
_BEFORE_LAST = re.compile(rf"(?: (?:[.?!;]|{_SIGN}))(?: {_ANY_MARK})* ")
_AFTER_FIRST = re.compile(rf"(?: (?:[.?!:;]|{_SIGN}))(?: {_ANY_MARK})* ")
# A word with a capital after a word without a mark, the next one without; or a word after a dash.
_UNMARKED = re.compile(r"(?<=\w )[^\W\d_]+(?=[^\w]+[^\W\d_A-Z])|(?<= [-–—/] )[^\W\d_]+")
_MAX_CHARACTERS = 240  # of a sentence that may go
_COMMA = re.compile(" , ")
_INNER_MARKS = re.compile(rf"(?: {_ANY_MARK})+ ")
_LENGTHENED = re.compile(r"([^\W\d_])\1+$")
_GREETINGS = frozenset(
    ("ơi", "hi", "hello", "alo", "chào", "dạ", "ê", "bớ", "hic", "huhu", "trời", "ôi")
)
_CLASSES = PEOPLE | PARTICLES | MEDIA | FILLERS | ACTS
_SEVERAL = sorted((w for w in _CLASSES if " " in w), key=len, reverse=True)
_JOINED = "\x1e"  # between the words of a phrase; no exact key has it
_PHRASES = re.compile(rf"(?<!\S)(?:{'|'.join((GROUP, *PACKAGING_PHRASES, *_SEVERAL))})(?!\S)")
_GROUP = re.compile(GROUP)
_CAPITAL_NAME = re.compile(CAPITAL_NAMES)
_NAMED = re.compile(rf"(?<!\S){NAMES}")


@lru_cache(maxsize=1)
def _classes() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """All words, acts, and what may follow the end of a question, spelt as in an exact key."""
    acts = frozenset(unify(word) for word in ACTS)
    words = frozenset(unify(word) for word in _CLASSES)
    return words, acts, frozenset(unify(word) for word in PEOPLE | PARTICLES)


def _is_known(item: str) -> bool:
    return _JOINED in item or item in _classes()[0]


def _items(piece: str) -> list[str]:
    """The words of a part of a sentence; words of a phrase joined, "ạaaa" as "ạ"."""
    joined = _PHRASES.sub(lambda match: match.group().replace(" ", _JOINED) + _JOINED, piece)
    return [_LENGTHENED.sub(r"\1", word) for word in joined.split(" ") if word]


def _of_closed_classes(items: list[str]) -> bool:
    """Whether all words are known; *không* and *chưa* only as the end of a question."""
    asks = [index for index, word in enumerate(items) if word in QUESTION_ENDS]
    if asks:
        before, after = items[: asks[-1]], items[asks[-1] + 1 :]
        starts = {part for item in before for part in item.split(_JOINED)}
        if len(asks) > 1 or QUESTION_STARTS.isdisjoint(starts) or before[-1] in STATEMENTS:
            return False
        if not all(item.replace(_JOINED, " ").strip() in _classes()[2] for item in after):
            return False
        items = before + after
    return all(_is_known(item) for item in items)


def _is_act(item: str) -> bool:
    words = item.replace(_JOINED, " ").strip()
    if _JOINED in item and words not in _CLASSES:
        return not _GROUP.fullmatch(words)
    return words in _classes()[1] or words in QUESTION_ENDS


def _pieces(sentence: str) -> list[list[str]]:
    """The items of a sentence between its inner marks; ``[]`` if it is no packaging."""
    if sentence.count(" ") >= MAX_PACKAGING_WORDS or _NAMED.search(sentence):
        return []
    pieces = []
    for piece in _INNER_MARKS.split(sentence):
        items = _items(piece)
        if not _of_closed_classes(items):
            return []
        pieces.append(items)
    return pieces


def is_packaging(sentence: str) -> bool:
    """Whether a sentence of an exact key says nothing about a claim."""
    return any(_is_act(item) for items in _pieces(sentence) for item in items)


def _is_greeting(sentence: str) -> bool:
    return not _GREETINGS.isdisjoint(sentence.split(" ")) and is_packaging(sentence)


def without_packaging(exact: str) -> str:
    """Return an exact key without the sentences at its ends that are packaging."""
    start = _end_of_opening(exact)
    return exact[start : _start_of_closing(exact, start)]


def _end_of_opening(exact: str) -> int:
    start = last = 0
    for match in _AFTER_FIRST.finditer(exact, 0, _MAX_CHARACTERS):
        if not _pieces(exact[last : match.start()]):
            break
        last = match.end()
        if is_packaging(exact[: match.start()]):
            start = last
    comma = None if start else _COMMA.search(exact, 0, _MAX_CHARACTERS)
    return comma.end() if comma and _is_greeting(exact[: comma.start()]) else start


def _start_of_closing(exact: str, start: int) -> int:
    stop = last = len(exact)
    for match in reversed([*_BEFORE_LAST.finditer(exact, max(start, stop - _MAX_CHARACTERS))]):
        if not _pieces(exact[match.end() : last]):
            break
        last = match.start()
        if is_packaging(exact[match.end() :]):
            stop = last
    return stop


def mark_names(text: str) -> str:
    """Return a text with a sign before each name that is also a word of the closed classes: "chị
    Thật gửi" holds a name, "thật" does not."""
    return _CAPITAL_NAME.sub(_mark_name, text)


def _mark_name(match: re.Match[str]) -> str:
    name = match["name"]
    is_name = name.istitle() and name.lower() in NAME_WORDS
    return f"{match.group()}{PERSON_TAG} " if is_name else match.group()


def without_unmarked_closing(text: str) -> str:
    """Return a text without a last sentence that is packaging and has no mark before it.

    "… rò rỉ khí độc Có ai biết cái này k ạ?": a capital; "… khí độc - nguồn facebook": a dash.
    """
    start = max(1, len(text) - _MAX_CHARACTERS)
    for match in _UNMARKED.finditer(text, start):
        begins = match.group().istitle() or text[match.start() - 2] in "-–—/"
        if begins and is_packaging(exact_key(text[match.start() :]).rstrip(" .,?!:;")):
            return text[: match.start()]
    return text
