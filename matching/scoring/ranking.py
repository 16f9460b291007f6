"""Ranking: candidates in, ranked and explained candidates out.

The caller supplies the candidates (from an index over ``matching.terms.index_terms``); ranking a
hundred prepared wordings takes a few milliseconds.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from matching.details.gazetteer import Gazetteer
from matching.details.pointing import ReportUnit
from matching.details.rebuttal import one_side_rebuts
from matching.details.slot_diff import Difference, agreements
from matching.details.slot_set import Slots
from matching.scoring import features, probability_model
from matching.scoring.core_text import cautions
from matching.scoring.pair_features import (
    pair_differences,
    pair_features,
    reading_facts,
    same_fingerprint,
    word_score,
)
from matching.scoring.prepared_text import PreparedText, prepare_text
from matching.scoring.query_context import QueryContext, SearchScore
from matching.scoring.word_reasons import with_word_reasons
from matching.terms import index_terms
from matching.terms.packed_postings import standalone_score

IDENTIFIERS = frozenset({"documents", "phones", "links"})  # slots that name one thing
_JUNK_WORDS = 3  # with fewer content words and no detail a text is junk


@dataclass(frozen=True, slots=True)
class Query:
    """A text as received, the link sent with it, and the local day it was seen.

    ``units``: the names of the installation's own schools and communes. ``unit``: the one to which
    the text was sent.
    """

    text: str
    url: str = ""
    seen_on: date | None = None
    units: Gazetteer | None = field(default=None, compare=False, repr=False)
    unit: ReportUnit | None = None

    def prepare(self, known_fingerprint: str = "") -> PreparedText:
        """Prepare the text; ``known_fingerprint``: its fingerprint, if at hand."""
        return prepare_text(
            self.text,
            self.url,
            self.seen_on,
            known_fingerprint=known_fingerprint,
            units=self.units,
            unit=self.unit,
        )


class LinkUse(StrEnum):
    """What a link that both texts have says. KEY: staff confirmed that the page is where the claim
    stands, so it may be linked by its address alone. SUGGEST: anybody may have written it, so it is
    a reason for a person. IGNORE: not even that, as where the public is answered."""

    KEY = "key"
    SUGGEST = "suggest"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An earlier wording; ``key`` is the caller's id of its owner.

    Computed here unless given: ``fingerprint``, ``prepared``, and from the terms of both texts
    ``lexical`` (the index's score) with ``coverage`` (its share, 0..1, of the query's score against
    itself). ``cosine``: ``embedder.message_similarity``, None without an embedder.
    ``from_picture``: the text was read by OCR, which is never enough to link.
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
    unit: ReportUnit | None = None
    link_use: LinkUse = LinkUse.SUGGEST


@dataclass(frozen=True, slots=True)
class RankedCandidate:
    """One candidate compared with the query; in differences left is the query's side.

    ``score``: similarity of the words, 0..1. ``probability``: that a person calls it the same
    claim. ``same_core_text``: the same words apart from greetings. ``rebuts``: one side rebuts the
    other's claim. ``link_only``: the query is just a link to a page. ``short``: one of the two has
    fewer than 8 syllables. ``junk``: the query has hardly a content word. ``cross_language``:
    exactly one of the two is Vietnamese; set only if there is a cosine. ``cautions``: ``plain``,
    ``rebuttal``. ``second_reading``: one was typed without diacritics, with a word that may mean
    the opposite. ``unknown_pointers``: words that point to a unit or day which nothing tells.
    ``same_key``: the same page, and staff confirmed it as the claim's. ``texts``, ``slots``: the
    query's and the candidate's. ``relevance``, ``elsewhere``: see ``topic_overlap``; set where
    anybody may read.
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
    rebuts: bool = False
    cautions: tuple[str, ...] = ()
    probability: float = 0.0
    features: dict[str, float] = field(default_factory=dict)
    from_picture: bool = False
    cross_language: bool = False
    second_reading: bool = False
    unknown_pointers: tuple[str, ...] = ()
    same_key: bool = False
    texts: tuple[str, str] = field(default=("", ""), repr=False)
    slots: tuple[Slots, Slots] = field(default=(Slots(), Slots()), repr=False)
    relevance: float = 0.0
    elsewhere: bool = False

    @property
    def same_words(self) -> bool:
        """Whether the words are the same, apart from what the allow-list may remove."""
        return self.same_fingerprint or self.same_core_text

    @property
    def reasons(self) -> tuple[Difference, ...]:
        """The differences a person is shown: of the slots, and of the words that no slot tells."""
        if self.same_words:
            return self.differences
        return with_word_reasons(self.differences, *self.texts)

    @property
    def same_identifier(self) -> bool:
        """Whether both name the same document, telephone number or page."""
        return self.same_url or not IDENTIFIERS.isdisjoint(self.agreements)

    @property
    def conflicts(self) -> bool:
        """Whether a detail conflicts; such a pair is never linked without a person."""
        return any(difference.kind == "conflict" for difference in self.differences)


@dataclass(frozen=True, slots=True)
class _ComparedPair:
    """A candidate with what does not depend on the other candidates of the query."""

    candidate: Candidate
    other: PreparedText
    lexical: float
    coverage: float

    @property
    def search_score(self) -> SearchScore:
        return SearchScore(self.candidate.key, self.lexical, self.coverage, self.candidate.cosine)


def _prepared_candidate(query: Query, left: PreparedText, candidate: Candidate) -> PreparedText:
    # Of a text that was deleted the fingerprint is left: its words were the query's, and what they
    # point to depends on its own unit and day.
    is_deleted = not candidate.text and same_fingerprint(left.fingerprint, candidate.fingerprint)
    if candidate.prepared is not None and not is_deleted:
        return candidate.prepared
    return prepare_text(
        query.text if is_deleted else candidate.text,
        candidate.url,
        candidate.seen_on,
        known_fingerprint=candidate.fingerprint,
        units=query.units,
        unit=candidate.unit,
    )


def _compared_pair(query: Query, left: PreparedText, candidate: Candidate) -> _ComparedPair:
    other = _prepared_candidate(query, left, candidate)
    if candidate.lexical is None:
        scores = standalone_score(
            index_terms.query_weights(query.text), index_terms.extract_terms(candidate.text)
        )
        return _ComparedPair(candidate, other, *scores)
    return _ComparedPair(candidate, other, candidate.lexical, candidate.coverage)


def _ranked_candidate(
    left: PreparedText, pair: _ComparedPair, query: QueryContext, text: str
) -> RankedCandidate:
    other = pair.other
    differing = pair_differences(left, other)
    agreeing = agreements(left.slots, other.slots)
    measured = pair_features(left, other, pair.search_score, query)
    measured |= features.detail_features(differing, agreeing)
    same_text = same_fingerprint(left.fingerprint, other.fingerprint)
    junk = left.content_word_count < _JUNK_WORDS and not left.has_details
    rebuts = one_side_rebuts(left.slots, other.slots)
    return RankedCandidate(
        key=pair.candidate.key,
        score=word_score(left, other),
        same_fingerprint=same_text,
        **_link_facts(left, pair),
        differences=tuple(differing),
        agreements=tuple(agreeing),
        link_only=junk and bool(left.links),
        junk=junk,
        rebuts=rebuts,
        cautions=cautions(left.key, other.key, rebuts),
        probability=1.0 if same_text else probability_model.same_claim_probability(measured),
        features=measured,
        from_picture=pair.candidate.from_picture,
        cross_language=pair.candidate.cosine is not None and left.vietnamese != other.vietnamese,
        **reading_facts(left, other),
        texts=(text, pair.candidate.text),
        slots=(left.slots, other.slots),
    )


def _link_facts(left: PreparedText, pair: _ComparedPair) -> dict[str, Any]:
    use = pair.candidate.link_use
    same_url = bool(left.links & pair.other.links) and use is not LinkUse.IGNORE
    return {"same_url": same_url, "same_key": same_url and use is LinkUse.KEY}


def rank(query: Query, candidates: Iterable[Candidate]) -> list[RankedCandidate]:
    """Return every candidate compared with the query, best first; equals keep their order.

    Order: same fingerprint, then same page, then probability. Linear in the candidates; never
    raises.
    """
    left = query.prepare()
    pairs = [_compared_pair(query, left, candidate) for candidate in candidates]
    whole = QueryContext.from_scores(pair.search_score for pair in pairs)
    ranked = (_ranked_candidate(left, pair, whole, query.text) for pair in pairs)
    return sorted(ranked, key=lambda r: (not r.same_fingerprint, not r.same_url, -r.probability))
