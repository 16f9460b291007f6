"""Two texts word by word: which words each of them has that the other has not.

For a person's eye only: nothing is decided by it. A word counts as the same whatever its case,
its punctuation and where its tone mark stands; typed without diacritics it counts as the same as
with them if the whole text is typed so.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from matching.text.letters import fold, unify
from matching.text.normalisation import clean, is_plain

SCOPE = 2_000  # words of each text that are compared; the rest stands as it is
_WORD = re.compile(r"\S+\s*")
_TRIM = re.compile(r"^[^\w%]+|[^\w%]+$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words as written, or the space after it; ``differs``: the other has it not."""

    text: str
    differs: bool


def _key(word: str, plain: bool) -> str:
    bare = _TRIM.sub("", unify(word.strip())) or word.strip()
    return fold(bare) if plain else bare


def _marks(left: list[str], right: list[str]) -> tuple[list[bool], list[bool]]:
    """For each word whether it differs. Quadratic in C: 2,000 words take a few milliseconds."""
    ours, theirs = [False] * len(left), [False] * len(right)
    for step in Levenshtein.opcodes(left, right):
        if step.tag != "equal":
            ours[step.src_start : step.src_end] = [True] * (step.src_end - step.src_start)
            theirs[step.dest_start : step.dest_end] = [True] * (step.dest_end - step.dest_start)
    return ours, theirs


def _pieces(words: list[str], marks: Iterable[bool]) -> tuple[Piece, ...]:
    found: list[Piece] = []
    for differs, run in groupby(zip(words, marks, strict=True), key=lambda pair: pair[1]):
        text = "".join(word for word, _mark in run)
        bare = text.rstrip() if differs else text  # the space after a marked run is not marked
        found.append(Piece(bare, differs))
        if bare != text:
            found.append(Piece(text[len(bare) :], False))
    return tuple(found)


def diff_words(left: str, right: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both texts in pieces; joined again they are the texts, cleaned. Never raises."""
    ours, theirs = _WORD.findall(clean(left).lstrip()), _WORD.findall(clean(right).lstrip())
    plain = is_plain(left) or is_plain(right)
    marks = _marks(
        [_key(word, plain) for word in ours[:SCOPE]],
        [_key(word, plain) for word in theirs[:SCOPE]],
    )
    return (
        _pieces(ours, marks[0] + [False] * len(ours[SCOPE:])),
        _pieces(theirs, marks[1] + [False] * len(theirs[SCOPE:])),
    )


def shared_ratio(pieces: tuple[Piece, ...]) -> float:
    """Which part of a text's words the other has too, 0..1; 0 for no words at all."""
    counts = [(len(piece.text.split()), piece.differs) for piece in pieces]
    total = sum(count for count, _differs in counts)
    return sum(count for count, differs in counts if not differs) / total if total else 0.0
