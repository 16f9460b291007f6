"""Similarity of the words of two texts, 0 to 1. It ranks; it never decides.

60 % string similarity (rapidfuzz), 40 % shared content words. Measured: look-alike claims with one
detail changed score higher than true paraphrases, so the slots decide (docs/reference/matching.md).
"""

import math
from dataclasses import dataclass

from rapidfuzz import fuzz

from matching.text.letters import fold
from matching.text.normalisation import is_unaccented, normalise
from matching.text.stemming import stem
from matching.text.word_lists import ENGLISH_LIGHT_WORDS, LIGHT_WORDS

_MAX_KEY_CHARACTERS = 1_000  # normalised characters compared
SHORT_SYLLABLES = 8  # in a text with fewer, a few shared words prove nothing
# A match without diacritics only is weaker: "tăng học phí" and "tặng học phí" fold to one string.
_FOLDED_WEIGHT = 0.97
_CONTENT_WEIGHT = 0.4
_LIGHT_STEMS = frozenset(stem(fold(word)) for word in LIGHT_WORDS | ENGLISH_LIGHT_WORDS)


@dataclass(frozen=True, slots=True)
class TokenisedKey:
    """A match key split into words once, so that a query is not split again for each candidate."""

    text: str
    folded: str
    syllable_count: int
    unaccented: bool  # the sender typed no diacritics
    content_stems: frozenset[str]  # folded stems of the content words

    @classmethod
    def from_key(cls, normalised: str, unaccented: bool = False) -> "TokenisedKey":
        """Cut a normalised text to 1,000 characters, fold and stem it."""
        text = normalised[:_MAX_KEY_CHARACTERS]
        folded = fold(text)
        words = folded.split()
        return cls(text, folded, len(words), unaccented, frozenset(map(stem, words)) - _LIGHT_STEMS)


def _blend(a: str, b: str, trust: float) -> float:
    """Blend ordered and set-wise similarity; ``trust``, 0..1, scales the weight of the latter."""
    ordered = fuzz.ratio(a, b) / 100
    if not trust:
        return ordered
    as_sets = fuzz.token_set_ratio(a, b) / 100
    return ordered + 0.6 * trust * (as_sets - ordered)


def _string_similarity(a: TokenisedKey, b: TokenisedKey) -> float:
    """Return the similarity of the strings, 0..1.

    ``token_set_ratio`` rates a text as equal to any longer one that contains its words, so a short
    text ("test", "đúng không ạ") would match everything: its weight falls with the length.
    """
    trust = min(1.0, min(a.syllable_count, b.syllable_count) / SHORT_SYLLABLES) ** 2
    folded = _blend(a.folded, b.folded, trust) * _FOLDED_WEIGHT
    if a.unaccented or b.unaccented:
        return max(folded, _blend(a.text, b.text, trust))
    return 0.7 * _blend(a.text, b.text, trust) + 0.3 * folded / _FOLDED_WEIGHT


def key_similarity(a: TokenisedKey, b: TokenisedKey) -> float:
    """Return the similarity of two tokenised keys, 0..1; 0 if one is empty."""
    if not a.text or not b.text:
        return 0.0
    if not a.content_stems and not b.content_stems:
        return _string_similarity(a, b)
    shared = len(a.content_stems & b.content_stems)
    cosine = shared / math.sqrt(len(a.content_stems) * len(b.content_stems)) if shared else 0.0
    return (1 - _CONTENT_WEIGHT) * _string_similarity(a, b) + _CONTENT_WEIGHT * cosine


def similarity(a: str, b: str) -> float:
    """Return the similarity of two texts, 0..1, on the first 1,000 characters of their match keys.

    A blend of rapidfuzz ``ratio`` and ``token_set_ratio``, with and without diacritics, and the
    shared content words. Symmetric. Never ``partial_ratio`` (seconds on long text) or
    ``WRatio`` (useless here).
    """
    return key_similarity(
        TokenisedKey.from_key(normalise(a), is_unaccented(a)),
        TokenisedKey.from_key(normalise(b), is_unaccented(b)),
    )
