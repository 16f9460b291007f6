"""Reasons in words: where two texts differ, in the words and signs of both, as they were typed.

Slots name a difference by its kind ("dates"); what no slot reads is named by the words themselves.
"""

from functools import lru_cache

from matching.details.slot_diff import Difference
from matching.scoring.word_diff import differing_runs
from matching.text.normalisation import exact_key, strip_marks

MAX_REASONS = 5  # differing runs named; texts with more are told in other words altogether
_BEFORE, _AFTER = 2, 1  # words of context shown around a differing run
_MAX_WORDS = 10  # of a differing run
_CUT = "…"


def _snippet(words: list[str], start: int, end: int) -> str:
    """The words from ``start`` to ``end`` with a little context; ``""`` for no words."""
    if start == end:
        return ""
    first, last = max(0, start - _BEFORE), min(len(words), end + _AFTER)
    if end - start > _MAX_WORDS:
        return " ".join((*words[first : start + _MAX_WORDS], _CUT))
    return " ".join(words[first:last])


def _values(side: str) -> tuple[str, ...]:
    return (side,) if side else ()


@lru_cache(maxsize=512)  # the reason of a suggestion is shown in several places
def word_differences(left: str, right: str) -> tuple[Difference, ...]:
    """Return the differing runs of two texts as differences of the kind ``words``, in order.

    A run that only spells the same in another way (``hs`` / ``học sinh``) is none.
    """
    result: list[Difference] = []
    left_words, right_words, runs = differing_runs(left, right)
    for (start, end), (other_start, other_end) in runs:
        pair = (left_words[start:end], right_words[other_start:other_end])
        # Between words, since a sign at the edge of a text may be decoration.
        exact = [strip_marks(exact_key(f"x {' '.join(words)} x")) for words in pair]
        if exact[0] == exact[1]:
            continue
        left_side = _snippet(left_words, start, end)
        right_side = _snippet(right_words, other_start, other_end)
        result.append(Difference("words", _values(left_side), _values(right_side), "words"))
    return tuple(result[:MAX_REASONS])


def with_word_reasons(
    differences: tuple[Difference, ...], left: str, right: str
) -> tuple[Difference, ...]:
    """Return the differences of the slots, followed by the differing words as they were typed: a
    slot may be misread, and its value is written in one form."""
    return differences + word_differences(left, right)
