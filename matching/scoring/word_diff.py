"""Word diff of two texts: which words of each the other lacks.

For display only: nothing is decided by it. Case, sentence punctuation, decorative emoji and the
place of the tone mark do not count, signs do; diacritics do not count if a whole text is typed
without them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from matching.text.allowed_residue import PUNCTUATION
from matching.text.letters import fold, unify
from matching.text.normalisation import SIGN, clean, exact_key, is_unaccented
from matching.text.residue import POINTED, QUOTE, mark_signs

_MAX_WORDS = 2_000  # words of each text that are compared; the rest counts as equal
_WORD = re.compile(r"\S+\s*")
_NOT_COMPARED = re.compile(f"[{re.escape(''.join(PUNCTUATION))}\\s]+")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words as written, or the space after it; ``differs``: the other text lacks it."""

    text: str
    differs: bool


def _signs_that_count(text: str) -> frozenset[str]:
    """The signs of a text's residue: whether they count depends on where they stand."""
    exact = exact_key(text)
    if SIGN not in exact:
        return frozenset()
    return frozenset("".join(token for token in exact.split(" ") if token[:1] == SIGN))


def _comparison_key(word: str, unaccented: bool, signs: frozenset[str]) -> str:
    """What is compared of a word; ``""`` for punctuation and decoration, which do not count."""
    bare = _NOT_COMPARED.sub("", unify(mark_signs(word.strip())))
    if QUOTE not in signs:
        bare = bare.replace(QUOTE, "")
    bare = bare or "".join(char for char in word.translate(POINTED) if char in signs)
    return fold(bare) if unaccented else bare


def _runs(left: list[str], right: list[str]) -> list[tuple[Span, Span]]:
    """Return the spans of words that differ. Quadratic in C: 2,000 words take milliseconds."""
    indexes = [[i for i, key in enumerate(keys) if key] for keys in (left, right)]
    a, b = ([keys[i] for i in index] for keys, index in zip((left, right), indexes, strict=True))
    runs = []
    for operation in Levenshtein.opcodes(a, b):
        if operation.tag != "equal":
            spans = (
                _span(indexes[0], operation.src_start, operation.src_end),
                _span(indexes[1], operation.dest_start, operation.dest_end),
            )
            runs.append(spans)
    return runs


def _span(index: list[int], start: int, end: int) -> Span:
    if end > start:
        return index[start], index[end - 1] + 1
    place = index[start - 1] + 1 if start else 0
    return place, place  # nothing there, and where


def _flags(count: int, spans: Iterable[Span]) -> list[bool]:
    marks = [False] * count
    for start, end in spans:
        marks[start:end] = [True] * (end - start)
    return marks


def _pieces(words: list[str], marks: Iterable[bool]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for differs, run in groupby(zip(words, marks, strict=True), key=lambda pair: pair[1]):
        text = "".join(word for word, _mark in run)
        bare = text.rstrip() if differs else text  # the space after a marked run is not marked
        pieces.append(Piece(bare, differs))
        if bare != text:
            pieces.append(Piece(text[len(bare) :], False))
    return tuple(pieces)


def _words_and_runs(left: str, right: str) -> tuple[list[str], list[str], list[tuple[Span, Span]]]:
    left_words, right_words = (_WORD.findall(clean(text).lstrip()) for text in (left, right))
    unaccented = is_unaccented(left) or is_unaccented(right)
    keys = [
        [_comparison_key(word, unaccented, signs) for word in words[:_MAX_WORDS]]
        for words, signs in (
            (left_words, _signs_that_count(left)),
            (right_words, _signs_that_count(right)),
        )
    ]
    return left_words, right_words, _runs(keys[0], keys[1])


def diff_words(left: str, right: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both texts in pieces; joined they give the cleaned texts. Never raises."""
    left_words, right_words, runs = _words_and_runs(left, right)
    return (
        _pieces(left_words, _flags(len(left_words), (run[0] for run in runs))),
        _pieces(right_words, _flags(len(right_words), (run[1] for run in runs))),
    )


def differing_runs(left: str, right: str) -> tuple[list[str], list[str], list[tuple[Span, Span]]]:
    """Return the words of both texts, and the spans (start, end) of the words that differ; spans
    with one word between them are one."""
    left_words, right_words, runs = _words_and_runs(left, right)
    merged: list[tuple[Span, Span]] = []
    for run in runs:
        if merged and all(
            start - last[1] <= 1 for (start, _), last in zip(run, merged[-1], strict=True)
        ):
            (a, _), (b, _) = merged.pop()
            merged.append(((a, run[0][1]), (b, run[1][1])))
        else:
            merged.append(run)
    return [word.rstrip() for word in left_words], [word.rstrip() for word in right_words], merged


def shared_ratio(pieces: tuple[Piece, ...]) -> float:
    """Return the share of a text's words that the other has too, 0..1; 0 without words."""
    counts = [(len(piece.text.split()), piece.differs) for piece in pieces]
    total = sum(count for count, _differs in counts)
    return sum(count for count, differs in counts if not differs) / total if total else 0.0
