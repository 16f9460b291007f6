"""Candidates in, ranked and explained candidates out.

The caller supplies the candidates (an index over ``matching.terms.index_terms``); ranking a hundred
prepared wordings takes a few milliseconds.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from matching.details.gazetteer import Gazetteer
from matching.details.polarity import one_side_rebuts
from matching.details.slot_diff import Difference, agreements, differences
from matching.scoring import features, probability_model
from matching.scoring.core_text import cautions
from matching.scoring.prepared_text import PreparedText, prepare_text
from matching.scoring.text_similarity import SHORT_SYLLABLES, key_similarity
from matching.terms import index_terms
from matching.terms.packed_postings import standalone_score

_JUNK = 3  # fewer words that say something than this, and no detail: nothing to go by
_NEAREST = 50  # cosines whose mean is what any text has to any other
_USUAL_COSINE = 0.25  # of the 50 nearest in a large archive (docs/reference/matching.md)


@dataclass(frozen=True, slots=True)
class Query:
    """A text as received, the link sent with it, and the local day it was seen.

    ``units``: the names of the installation's own schools and communes.
    """

    text: str
    url: str = ""
    seen_on: date | None = None
    units: Gazetteer | None = field(default=None, compare=False, repr=False)

    def prepare(self, known: str = "") -> PreparedText:
        """Make the text ready for comparing; ``known``: its fingerprint, if at hand."""
        return prepare_text(self.text, self.url, self.seen_on, known=known, units=self.units)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An earlier wording; ``key`` is the caller's id of what it belongs to.

    Worked out here when the caller has not: ``fingerprint``, ``prepared``, and from the terms of
    both texts ``lexical`` (the index's sum) with ``coverage`` (its share, 0..1, of what the query
    scores against itself). ``cosine``: ``embedder.message_similarity``, None where no model looked.
    ``from_picture``: a machine read the words, which is never enough to link.
    """

    key: int
    text: str
    url: str = ""
    fingerprint: str = ""
    seen_on: date | None = None
    prepared: PreparedText | None = None
    lexical: float | None = None
    coverage: float = 0.0
    cosine: float | None = None
    from_picture: bool = False


@dataclass(frozen=True, slots=True)
class RankedCandidate:
    """One candidate beside the query; in differences left is the query's side.

    ``score``: likeness of the words, 0..1. ``probability``: that a person calls it the same claim.
    ``same_wording``: the same words but for greetings. ``related``: one side denies the other's
    claim. ``bare``: the query says nothing of its own, it only brings a link to a page. ``short``:
    one of the two has fewer than 8 syllables. ``junk``: hardly a word with a meaning. ``foreign``:
    one of the two is Vietnamese, the other not; looked at only where a model compared meanings.
    ``cautions``: what to beware of, ``plain`` or ``rebuttal``.
    """

    key: int
    score: float
    same_fingerprint: bool
    same_url: bool
    differences: tuple[Difference, ...] = ()
    agreements: tuple[str, ...] = ()
    link_only: bool = False
    short: bool = False
    junk: bool = False
    same_core_text: bool = False
    related: bool = False
    cautions: tuple[str, ...] = ()
    probability: float = 0.0
    features: dict[str, float] = field(default_factory=dict)
    from_picture: bool = False
    cross_language: bool = False

    @property
    def conflicts(self) -> bool:
        """Whether a detail contradicts; such a pair is never linked without a person."""
        return any(difference.kind == "conflict" for difference in self.differences)


@dataclass(frozen=True, slots=True)
class _ComparedPair:
    """A candidate with what was found of it before its neighbours in the list are looked at."""

    candidate: Candidate
    other: PreparedText
    lexical: float
    coverage: float


def _pair(query: Query, candidate: Candidate) -> _ComparedPair:
    other = candidate.prepared or prepare_text(
        candidate.text,
        candidate.url,
        candidate.seen_on,
        known=candidate.fingerprint,
        units=query.units,
    )
    if candidate.lexical is None:
        found = standalone_score(
            index_terms.query_weights(query.text), index_terms.extract_terms(candidate.text)
        )
        return _ComparedPair(candidate, other, *found)
    return _ComparedPair(candidate, other, candidate.lexical, candidate.coverage)


@dataclass(frozen=True, slots=True)
class _QueryContext:
    """What is the same for all candidates of a query, or of one case among them.

    ``asked``: log of the index's score for a text that has every word of the query. ``usual``: the
    mean of the highest cosines; a young archive, where few texts are near, has no less than a
    constant. ``second``: key → mean of its two highest cosines, since a claim told in several ways
    that are all alike is likelier than one that is alike by chance.
    """

    asked: float
    usual: float
    second: dict[int, float]

    @classmethod
    def from_pairs(cls, pairs: Sequence[_ComparedPair]) -> "_QueryContext":
        highest = max((p.lexical / p.coverage for p in pairs if p.coverage), default=0.0)
        found: dict[int, list[float]] = {}
        for pair in pairs:
            found.setdefault(pair.candidate.key, []).append(pair.candidate.cosine or 0.0)
        second = {key: _mean_of_two(cosines) for key, cosines in found.items()}
        every = [cosine for cosines in found.values() for cosine in cosines]
        usual = sum(sorted(every, reverse=True)[:_NEAREST]) / _NEAREST
        return cls(math.log1p(highest), max(_USUAL_COSINE, usual), second)


def _mean_of_two(values: list[float]) -> float:
    best = sorted(values, reverse=True)[:2]
    return sum(best) / len(best)


def _measure(
    left: PreparedText, pair: _ComparedPair, query: _QueryContext
) -> tuple[dict[str, float], list[Difference], list[str]]:
    differing = differences(left.slots, pair.other.slots)
    if left.fingerprint and left.fingerprint == pair.other.fingerprint:
        # The same words differ at most in the day they were seen; the rest is lost capitals.
        differing = [d for d in differing if d.slot == "dates"]
    agreeing = agreements(left.slots, pair.other.slots)
    found = {
        "coverage": pair.coverage,
        "lexical": math.log1p(pair.lexical),
        **features.text_features(left, pair.other),
        **features.detail_features(differing, agreeing),
        "asked": query.asked,
    }
    if pair.candidate.cosine is not None:
        second = query.second[pair.candidate.key]
        found |= {"cosine": pair.candidate.cosine, "cosine_second": second, "usual": query.usual}
    return found, differing, agreeing


def _compare(left: PreparedText, pair: _ComparedPair, query: _QueryContext) -> RankedCandidate:
    other = pair.other
    measured, differing, agreeing = _measure(left, pair, query)
    same_text = bool(left.fingerprint) and left.fingerprint == other.fingerprint
    junk = left.content_word_count < _JUNK and not left.has_details
    denied = one_side_rebuts(left.slots, other.slots)
    return RankedCandidate(
        key=pair.candidate.key,
        score=1.0
        if same_text
        else round(key_similarity(left.tokenised_key, other.tokenised_key), 4),
        same_fingerprint=same_text,
        same_url=bool(left.links & other.links),
        differences=tuple(differing),
        agreements=tuple(agreeing),
        link_only=junk and bool(left.links),
        short=min(left.tokenised_key.syllable_count, other.tokenised_key.syllable_count)
        < SHORT_SYLLABLES,
        junk=junk,
        same_core_text=bool(left.core_fingerprint)
        and left.core_fingerprint == other.core_fingerprint,
        related=denied,
        cautions=cautions(left.key, other.key, denied),
        probability=1.0 if same_text else probability_model.same_claim_probability(measured),
        features=measured,
        from_picture=pair.candidate.from_picture,
        cross_language=pair.candidate.cosine is not None and left.vietnamese != other.vietnamese,
    )


def rank(query: Query, candidates: Iterable[Candidate]) -> list[RankedCandidate]:
    """Return every candidate compared with the query, best first; equals keep their order.

    Order: the same words, then the same page, then the probability. Linear in the candidates;
    never raises.
    """
    left = query.prepare()
    pairs = [_pair(query, candidate) for candidate in candidates]
    whole = _QueryContext.from_pairs(pairs)
    ranked = (_compare(left, pair, whole) for pair in pairs)
    return sorted(ranked, key=lambda r: (not r.same_fingerprint, not r.same_url, -r.probability))
