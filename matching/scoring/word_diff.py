"""Word diff of two texts: which words of each the other lacks.

For display only: nothing is decided by it. Case, punctuation and the place of the tone mark do not
count; diacritics do not count if a whole text is typed without them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from matching.text.letters import fold, unify
from matching.text.normalisation import clean, is_unaccented

_MAX_WORDS = 2_000  # words of each text that are compared; the rest counts as equal
_WORD = re.compile(r"\S+\s*")
_TRIM = re.compile(r"^[^\w%]+|[^\w%]+$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words as written, or the space after it; ``differs``: the other text lacks it."""

    text: str
    differs: bool


def _comparison_key(word: str, unaccented: bool) -> str:
    bare = _TRIM.sub("", unify(word.strip())) or word.strip()
    return fold(bare) if unaccented else bare


def _difference_flags(left: list[str], right: list[str]) -> tuple[list[bool], list[bool]]:
    """Return for each word whether it differs. Quadratic in C: 2,000 words take milliseconds."""
    left_marks, right_marks = [False] * len(left), [False] * len(right)
    for operation in Levenshtein.opcodes(left, right):
        if operation.tag != "equal":
            left_marks[operation.src_start : operation.src_end] = [True] * (
                operation.src_end - operation.src_start
            )
            right_marks[operation.dest_start : operation.dest_end] = [True] * (
                operation.dest_end - operation.dest_start
            )
    return left_marks, right_marks


def _pieces(words: list[str], marks: Iterable[bool]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for differs, run in groupby(zip(words, marks, strict=True), key=lambda pair: pair[1]):
        text = "".join(word for word, _mark in run)
        bare = text.rstrip() if differs else text  # the space after a marked run is not marked
        pieces.append(Piece(bare, differs))
        if bare != text:
            pieces.append(Piece(text[len(bare) :], False))
    return tuple(pieces)


def diff_words(left: str, right: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both texts in pieces; joined they give the cleaned texts. Never raises."""
    left_words, right_words = (
        _WORD.findall(clean(left).lstrip()),
        _WORD.findall(clean(right).lstrip()),
    )
    unaccented = is_unaccented(left) or is_unaccented(right)
    marks = _difference_flags(
        [_comparison_key(word, unaccented) for word in left_words[:_MAX_WORDS]],
        [_comparison_key(word, unaccented) for word in right_words[:_MAX_WORDS]],
    )
    return (
        _pieces(left_words, marks[0] + [False] * len(left_words[_MAX_WORDS:])),
        _pieces(right_words, marks[1] + [False] * len(right_words[_MAX_WORDS:])),
    )


def shared_ratio(pieces: tuple[Piece, ...]) -> float:
    """Return the share of a text's words that the other has too, 0..1; 0 without words."""
    counts = [(len(piece.text.split()), piece.differs) for piece in pieces]
    total = sum(count for count, _differs in counts)
    return sum(count for count, differs in counts if not differs) / total if total else 0.0
