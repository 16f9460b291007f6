"""Whether a layman's text asks about a published claim: overlap of what the two are about.

Names of places and schools, and words that every message about schools has, do not count: new
rumours about a school share them with each notice about it. The weights are fitted on the first
half of ``tests/publishing/labelled`` (``python -m benchmarks.public_answers --fit``).
"""

import math
import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from matching.details.gazetteer import Gazetteer
from matching.details.proper_names import tokenise
from matching.scoring.prepared_text import KEY_LENGTH
from matching.terms.index_terms import is_vietnamese
from matching.text.letters import fold
from matching.text.normalisation import is_unaccented, normalise
from matching.text.stemming import stem
from matching.text.topic_words import (
    ACTS,
    COMMON_WORDS,
    PLAIN_SYNONYMS,
    SUBJECTS,
    SYNONYMS,
)
from matching.text.word_lists import ENGLISH_LIGHT_WORDS

FEATURES = ("shares", "count", "pairs", "in_notice", "elsewhere", "act_missing")
# With a constant last; see the module's docstring.
WEIGHTS = {"shares": 2.66, "count": 2.6, "pairs": 1.24, "in_notice": 2.52, "elsewhere": -2.44,
           "act_missing": -2.71, "constant": -4.41}  # fmt: skip
_MAX_COUNT, _MAX_PAIRS = 5, 4
_MIN_NAME = 2  # capitalised syllables in a row that make a name
_SYNONYMS = tuple((re.compile(rf"\b{normalise(a)}\b"), normalise(b)) for a, b in SYNONYMS)
_FOLDED_SYNONYMS = tuple(
    (re.compile(rf"\b{fold(normalise(a))}\b"), fold(normalise(b)))
    for a, b in SYNONYMS
    # Without diacritics most single syllables may be another word.
    if len(a.split()) > 1 or a in PLAIN_SYNONYMS
)


def _capitalised_names(text: str) -> set[str]:
    """Words of the proper names in a text: capitalised words in a row, in lower case."""
    names: set[str] = set()
    row: list[str] = []
    for token in [*tokenise(text), None]:
        if token is not None and token.capitalised and token.lower.isalpha():
            row.append(token.lower)
            continue
        names.update(row if len(row) >= _MIN_NAME else ())
        row = []
    return names


def _unit_words(text: str, units: Gazetteer | None) -> set[str]:
    """Words of the installation's units that a text names, in lower case, whatever its capitals."""
    tokens = tokenise(text.title())
    mentions = units.find(tokens, is_unaccented(text)) if units else []
    return {token.lower for unit in mentions for token in tokens[unit.start : unit.end]}


@dataclass(frozen=True)
class TopicText:
    """A text as it is compared: its match key, and the words of the names in it, in lower case."""

    key: str
    names: frozenset[str]
    unaccented: bool
    vietnamese: bool

    @classmethod
    def from_text(cls, text: str, units: Gazetteer | None = None) -> "TopicText":
        """``units``: the names of the installation's own schools and communes."""
        key = normalise(text)[:KEY_LENGTH]
        names = frozenset(map(normalise, _capitalised_names(text) | _unit_words(text, units)))
        return cls(key, names, is_unaccented(text), is_vietnamese(key))

    @classmethod
    def from_words(cls, text: str) -> "TopicText":
        """A text of which only the words are looked up, not the names."""
        return cls(normalise(text), frozenset(), is_unaccented(text), True)

    @cached_property
    def toned(self) -> tuple[str, ...]:
        """Words with their diacritics, everyday words as a checker writes them."""
        key = self.key
        for pattern, reading in _SYNONYMS:
            key = pattern.sub(reading, key)
        return tuple(key.split())

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The same without diacritics."""
        key = fold(self.key)
        for pattern, reading in _FOLDED_SYNONYMS:
            key = pattern.sub(reading, key)
        return tuple(key.split())

    @cached_property
    def stemmed(self) -> tuple[str, ...]:
        """Words stemmed as English."""
        return tuple(stem(fold(word)) for word in self.key.split())


@dataclass(frozen=True, slots=True)
class _WordKinds:
    """Words that count for nothing, and those that count for more, in one spelling."""

    common: AbstractSet[str] = frozenset()
    acts: AbstractSet[str] = frozenset()
    subjects: AbstractSet[str] = frozenset()


_TONED = _WordKinds(COMMON_WORDS, ACTS, SUBJECTS)
_FOLDED = _WordKinds(*(frozenset(map(fold, words)) for words in (COMMON_WORDS, ACTS, SUBJECTS)))
_ENGLISH = _WordKinds(frozenset(stem(word) for word in ENGLISH_LIGHT_WORDS))


@dataclass(frozen=True, slots=True)
class _Reading:
    """How a pair is read: with or without diacritics, or as English."""

    query: tuple[str, ...]
    claim: tuple[str, ...]
    notice: AbstractSet[str]
    query_names: AbstractSet[str]
    claim_names: AbstractSet[str]
    kinds: _WordKinds


def _read(query: TopicText, claim: TopicText, notice: TopicText) -> _Reading:
    if not query.vietnamese and not claim.vietnamese:
        names = [{stem(fold(word)) for word in text.names} for text in (query, claim)]
        words = (query.stemmed, claim.stemmed, frozenset(notice.stemmed))
        return _Reading(*words, names[0], names[1], _ENGLISH)
    if query.unaccented or claim.unaccented:
        names = [set(map(fold, text.names)) for text in (query, claim)]
        words = (query.folded, claim.folded, frozenset(notice.folded))
        return _Reading(*words, names[0], names[1], _FOLDED)
    words = (query.toned, claim.toned, frozenset(notice.toned))
    return _Reading(*words, query.names, claim.names, _TONED)


@dataclass(frozen=True, slots=True)
class TopicOverlap:
    """What a text and a published claim share.

    ``features``: by name of ``FEATURES``. ``elsewhere``: the text names other places, schools or
    subjects than the claim, and none of the claim's.
    """

    features: dict[str, float]
    shared: frozenset[str]
    elsewhere: bool

    @property
    def relevance(self) -> float:
        """The probability, 0..1, that the text asks about the claim."""
        total = WEIGHTS["constant"] + sum(WEIGHTS[n] * value for n, value in self.features.items())
        return 1 / (1 + math.exp(-total))


def _is_elsewhere(reading: _Reading) -> bool:
    words = set(reading.query)
    others = reading.query_names - reading.claim_names - reading.kinds.common
    named = (words & reading.claim_names) - reading.kinds.common
    if reading.claim_names and others and not named:
        return True
    subjects, claimed = (
        set(row) & reading.kinds.subjects for row in (reading.query, reading.claim)
    )
    return bool(subjects and claimed and not subjects & claimed)


def topic_overlap(query: TopicText, claim: TopicText, notice: TopicText) -> TopicOverlap:
    """Compare a text with a claim; ``notice``: claim, headline and explanation as one text."""
    reading = _read(query, claim, notice)
    ignored = reading.query_names | reading.claim_names | reading.kinds.common
    words, claimed = set(reading.query) - ignored, set(reading.claim) - ignored
    shared = words & claimed
    pairs = set(zip(reading.query, reading.query[1:], strict=False)) & set(
        zip(reading.claim, reading.claim[1:], strict=False)
    )
    acts = set(reading.claim) & reading.kinds.acts
    elsewhere = _is_elsewhere(reading)
    of_query, of_claim = len(shared) / max(1, len(words)), len(shared) / max(1, len(claimed))
    features = {
        "shares": (of_query + of_claim) / 2,
        "count": min(_MAX_COUNT, len(shared)) / _MAX_COUNT,
        "pairs": min(_MAX_PAIRS, sum(not set(pair) <= ignored for pair in pairs)) / _MAX_PAIRS,
        "in_notice": len(words & reading.notice) / max(1, len(words)),
        "elsewhere": float(elsewhere),
        "act_missing": float(bool(acts) and not acts & set(reading.query)),
    }
    return TopicOverlap(features, frozenset(shared), elsewhere)
