"""Candidates in, ranked and explained candidates out.

Getting candidates is the caller's affair (an index over ``normalise.terms``); a few hundred
short texts take well under a second.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from matching.normalise import fingerprint, is_plain, marked, unmarked
from matching.score import SHORT, Key, compare
from matching.slots import SCOPE, Difference, Slots, agreements, differences, extract
from matching.urls import canonical_url, find_urls, is_home_page
from matching.words import EMPTY_WORDS

_JUNK = 3  # fewer words that say something than this, and no detail: nothing to go by
_CONFLICT_COST = 0.03  # of the score, in the order only: of two equals the one without a conflict


@dataclass(frozen=True, slots=True)
class Query:
    """A text as received, the link sent with it, and the local day it was seen."""

    text: str
    url: str = ""
    seen_on: date | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An earlier text; ``key`` is the caller's id, an empty fingerprint is worked out here."""

    key: int
    text: str
    url: str = ""
    fingerprint: str = ""
    seen_on: date | None = None


@dataclass(frozen=True, slots=True)
class Ranked:
    """One candidate beside the query. ``score`` 0..1; in differences left is the query's side.

    ``bare``: the query says nothing of its own, it only brings a link to a page.
    ``short``: one of the two has fewer than 8 syllables. ``junk``: hardly a word with a meaning.
    """

    key: int
    score: float
    same_fingerprint: bool
    same_url: bool
    differences: tuple[Difference, ...] = ()
    agreements: tuple[str, ...] = ()
    bare: bool = False
    short: bool = False
    junk: bool = False

    @property
    def conflicts(self) -> bool:
        """Whether a detail contradicts; such a pair is never linked without a person."""
        return any(difference.kind == "conflict" for difference in self.differences)


@dataclass(frozen=True, slots=True)
class _Side:
    key: Key
    slots: Slots
    links: frozenset[str]
    fingerprint: str
    meaning: int  # words that say something

    @property
    def has_details(self) -> bool:
        s = self.slots
        return bool(s.dates or s.money or s.documents or s.phones or s.places or s.schools)


def _links(text: str, url: str) -> frozenset[str]:
    found = (canonical_url(link) for link in (url, *find_urls(text)))
    return frozenset(link for link in found if link and not is_home_page(link))


def _side(text: str, url: str, seen_on: date | None, known: str = "") -> _Side:
    # One pass of normalising is enough for a score; only the fingerprint needs the fixed point.
    mark = marked(text[:SCOPE])
    key = unmarked(mark)
    return _Side(
        key=Key.of(key, is_plain(text[:SCOPE])),
        slots=extract(text, seen_on, mark),
        links=_links(text, url),
        fingerprint=known or fingerprint(text),
        meaning=len(set(key.split()) - EMPTY_WORDS),
    )


def _compare(query: _Side, other: _Side, key: int) -> Ranked:
    same_text = bool(query.fingerprint) and query.fingerprint == other.fingerprint
    differing = differences(query.slots, other.slots)
    if same_text:
        # The same words differ at most in the day they were seen; the rest is lost capitals.
        differing = [d for d in differing if d.slot == "dates"]
    junk = query.meaning < _JUNK and not query.has_details
    return Ranked(
        key=key,
        score=1.0 if same_text else round(compare(query.key, other.key), 4),
        same_fingerprint=same_text,
        same_url=bool(query.links & other.links),
        differences=tuple(differing),
        agreements=tuple(agreements(query.slots, other.slots)),
        bare=junk and bool(query.links),
        short=min(query.key.syllables, other.key.syllables) < SHORT,
        junk=junk,
    )


def _order(ranked: Ranked) -> tuple[bool, bool, float]:
    # A rebuttal of the rumour is what the reader looks for: silence on one side costs nothing.
    contradicting = [d for d in ranked.differences if d.kind == "conflict" and d.left and d.right]
    cost = _CONFLICT_COST * len(contradicting)
    return (not ranked.same_fingerprint, not ranked.same_url, cost - ranked.score)


def rank(query: Query, candidates: Iterable[Candidate]) -> list[Ranked]:
    """Return every candidate compared with the query, best first; equals keep their order.

    Order: the same words, then the same page, then the score less a little per conflict.
    Linear in the number of candidates; pure; never raises on any text.
    """
    left = _side(query.text, query.url, query.seen_on)
    sides = (
        (_side(other.text, other.url, other.seen_on, other.fingerprint), other.key)
        for other in candidates
    )
    return sorted((_compare(left, side, key) for side, key in sides), key=_order)
