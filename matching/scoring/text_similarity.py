"""How alike two texts are in their words, 0 to 1. It ranks; it never decides.

Six parts likeness of the strings (rapidfuzz), four parts shared words that carry content.

Measured: look-alike claims with one detail changed score above true paraphrases, so the slots
must have the last word (docs/reference/matching.md).
"""

import math
from dataclasses import dataclass

from rapidfuzz import fuzz

from matching.text.letters import fold
from matching.text.normalisation import is_plain, normalise
from matching.text.stemming import stem
from matching.text.word_lists import ENGLISH_LIGHT_WORDS, LIGHT_WORDS

SCOPE = 1_000  # normalised characters that are compared
SHORT_SYLLABLES = 8  # syllables under which sharing a few words proves nothing
# Alike only without diacritics is weaker: "tăng học phí" and "tặng học phí" fold to one string.
_FOLDED_WEIGHT = 0.97
_CONTENT_WEIGHT = 0.4
_LIGHT = frozenset(stem(fold(word)) for word in LIGHT_WORDS | ENGLISH_LIGHT_WORDS)


@dataclass(frozen=True, slots=True)
class TokenisedKey:
    """A text made ready for comparing, so that a query is prepared once for all candidates."""

    text: str
    folded: str
    syllable_count: int
    plain: bool  # the sender typed no diacritics
    content_stems: frozenset[str]  # folded stems that say something

    @classmethod
    def from_key(cls, normalised: str, plain: bool = False) -> "TokenisedKey":
        """Cut a normalised text to the scope and fold it."""
        text = normalised[:SCOPE]
        folded = fold(text)
        words = folded.split()
        return cls(text, folded, len(words), plain, frozenset(map(stem, words)) - _LIGHT)


def _mix(a: str, b: str, trust: float) -> float:
    """Blend order-keeping and set-wise likeness; ``trust`` 0..1 is the say of the set."""
    ordered = fuzz.ratio(a, b) / 100
    if not trust:
        return ordered
    as_sets = fuzz.token_set_ratio(a, b) / 100
    return ordered + 0.6 * trust * (as_sets - ordered)


def _strings(a: TokenisedKey, b: TokenisedKey) -> float:
    """Return the likeness of the strings.

    ``token_set_ratio`` calls a text equal to any longer one that holds its words, so a short
    text ("test", "đúng không ạ") would match everything: its say shrinks with the length.
    """
    trust = min(1.0, min(a.syllable_count, b.syllable_count) / SHORT_SYLLABLES) ** 2
    folded = _mix(a.folded, b.folded, trust) * _FOLDED_WEIGHT
    if a.plain or b.plain:
        return max(folded, _mix(a.text, b.text, trust))
    return 0.7 * _mix(a.text, b.text, trust) + 0.3 * folded / _FOLDED_WEIGHT


def key_similarity(a: TokenisedKey, b: TokenisedKey) -> float:
    """Return the likeness of two prepared texts, 0..1; 0 if either is empty."""
    if not a.text or not b.text:
        return 0.0
    if not a.content_stems and not b.content_stems:
        return _strings(a, b)
    shared = len(a.content_stems & b.content_stems)
    cosine = shared / math.sqrt(len(a.content_stems) * len(b.content_stems)) if shared else 0.0
    return (1 - _CONTENT_WEIGHT) * _strings(a, b) + _CONTENT_WEIGHT * cosine


def similarity(a: str, b: str) -> float:
    """Return how alike two texts are, 0..1, on the first 1,000 characters of their match keys.

    A blend of rapidfuzz ``ratio`` and ``token_set_ratio``, with and without diacritics, and of
    the content words in common. Symmetric. Never ``partial_ratio`` (seconds on long text) or
    ``WRatio`` (useless here).
    """
    return key_similarity(
        TokenisedKey.from_key(normalise(a), is_plain(a)),
        TokenisedKey.from_key(normalise(b), is_plain(b)),
    )
