"""What to do with ranked candidates: link without a person, suggest to a person, or neither; and
which candidates a person is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from matching.scoring.ranking import RankedCandidate

MIN_PROBABILITY = 0.07  # that a person would call it the same claim; docs/reference/matching.md
MIN_SHORT_PROBABILITY = 0.8  # under 8 syllables a few shared words already look probable
MIN_SCORE = 0.70  # so alike that a person looks, whatever the words weigh
# Of the cosine above the background: between two languages no word can match.
MIN_CROSS_LANGUAGE_MARGIN = 0.16
MIN_CONTAINED_WORDS = 5  # content words, all of which the other text has too
MAX_SUGGESTIONS = 5
# That a text asks about a published claim, from which anybody is shown it; measured in
# docs/benchmarks/answers.md.
MIN_PUBLIC_RELEVANCE = 0.66
_NAMING_SLOTS = frozenset({"places", "schools"})


class Action(StrEnum):
    """LINK: the same claim, no person needed. SUGGEST: a person decides. NEW: nothing close."""

    LINK = "link"
    SUGGEST = "suggest"
    NEW = "new"


class Audience(StrEnum):
    """Who is shown candidates. CHECKER: staff who decide about the pair. PUBLIC: anybody who types
    a text and is shown published notices."""

    CHECKER = "checker"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Decision:
    """``target`` is the linked candidate's key (LINK only); suggestions are best first."""

    action: Action
    target: int | None = None
    suggestions: tuple[RankedCandidate, ...] = ()


def _same_claim(ranked: RankedCandidate, pages: int) -> bool:
    """Whether a candidate may be linked without a person.

    The same words and signs, apart from what the allow-list lets differ, or just a link to the page
    of exactly one candidate which staff confirmed: a page in several cases does not identify the
    claim, and anybody can write an address. A conflicting
    detail always vetoes, and so do a rebuttal, text read from a picture by OCR (one misread digit
    is a different date), a word that points and that nothing fills, and a word typed without
    diacritics that may mean the opposite.
    """
    if ranked.conflicts or ranked.rebuts or ranked.from_picture:
        return False
    if ranked.link_only and ranked.same_url:
        return ranked.same_key and pages == 1
    # The same words can differ only in the day: "ngày mai" with the day unknown is not the same.
    if ranked.junk or ranked.differences or ranked.unknown_pointers or ranked.second_reading:
        return False
    # A few syllables without diacritics are ambiguous; a long message of the very same letters was
    # forwarded.
    return ranked.same_words and not (ranked.short and "plain" in ranked.cautions)


def _is_inside(ranked: RankedCandidate) -> bool:
    """Whether the longer text contains all content words of the shorter one, five at least."""
    measured = ranked.features
    return (
        measured["shared_count"] >= MIN_CONTAINED_WORDS
        and max(measured["shared_reverse"], measured["shared"]) == 1
    )


def _means_the_same_in_another_language(ranked: RankedCandidate) -> bool:
    measured = ranked.features
    near = measured.get("cosine", 0.0) - measured.get("background_cosine", 0.0)
    return ranked.cross_language and near >= MIN_CROSS_LANGUAGE_MARGIN


def _worth_showing(ranked: RankedCandidate) -> bool:
    if ranked.same_url:
        return True
    if ranked.junk:
        return False  # "đúng không ạ" is alike to every other "đúng không ạ"
    if ranked.same_fingerprint or ranked.same_identifier:
        return True
    least = MIN_SHORT_PROBABILITY if ranked.short else MIN_PROBABILITY
    likely = ranked.probability >= least or ranked.score >= MIN_SCORE
    return likely or _is_inside(ranked) or _means_the_same_in_another_language(ranked)


def _rank(ranked: RankedCandidate) -> tuple[bool, bool]:
    """The same words first, then the same document, telephone number or page."""
    return (not ranked.same_fingerprint, not ranked.same_identifier)


def decide(ranked: Sequence[RankedCandidate]) -> Decision:
    """Decide from candidates ordered by ``ranking.rank``; at most 5 suggestions, one per key."""
    pages = len({r.key for r in ranked if r.same_url})
    for candidate in ranked:
        if _same_claim(candidate, pages):
            return Decision(Action.LINK, candidate.key)
    best: dict[int, RankedCandidate] = {}
    for candidate in ranked:
        if _worth_showing(candidate):
            best.setdefault(candidate.key, candidate)
    if not best:
        return Decision(Action.NEW)
    return Decision(Action.SUGGEST, None, tuple(sorted(best.values(), key=_rank))[:MAX_SUGGESTIONS])


def _may_be_what_was_asked(ranked: RankedCandidate) -> bool:
    """Whether anybody is shown a published claim that is not certainly the one they ask about.

    Another school's or place's claim only where that difference can be named.
    """
    named = any(d.kind == "conflict" and d.slot in _NAMING_SLOTS for d in ranked.differences)
    if ranked.rebuts or (ranked.elsewhere and not named):
        return False
    return ranked.relevance >= MIN_PUBLIC_RELEVANCE


def candidates_to_show(
    ranked: Sequence[RankedCandidate], audience: Audience
) -> list[RankedCandidate]:
    """Return the candidates a person is shown, best first, one per key: at most 6.

    ``ranked`` is ordered by ``ranking.rank``. The candidate that ``decide`` would link comes first.
    CHECKER: then the suggestions of ``decide``; the person decides about the pair. PUBLIC: then
    those whose ``relevance`` reaches ``MIN_PUBLIC_RELEVANCE``, the most relevant first, since what
    lies below it would be read as an answer.
    """
    decision = decide(ranked)
    same = [candidate for candidate in ranked if candidate.key == decision.target][:1]
    others = [candidate for candidate in ranked if candidate.key != decision.target]
    if audience is Audience.PUBLIC:
        near = sorted(filter(_may_be_what_was_asked, others), key=lambda r: -r.relevance)
        best = {candidate.key: candidate for candidate in reversed(near)}
        shown = sorted(best.values(), key=lambda r: -r.relevance)
        return [*same, *shown[:MAX_SUGGESTIONS]]
    return [*same, *decide(others).suggestions] if same else list(decision.suggestions)


def explain(r: RankedCandidate) -> dict[str, object]:
    """Return why a candidate was ranked, as JSON types and without language.

    ``{"score": 0.87, "same": ["places"], "differs": [{"slot": "dates", "left": [...],
    "right": [...], "kind": "conflict"}], "same_text": False, "same_url": False, "related": False,
    "cautions": ["plain"]}``; ``left`` is the query's side.
    """
    return {
        "score": round(r.score, 2),
        "same": list(r.agreements),
        "differs": [
            {"slot": d.slot, "left": list(d.left), "right": list(d.right), "kind": d.kind}
            for d in r.reasons
        ],
        "same_text": r.same_fingerprint,
        "same_url": r.same_url,
        "related": r.rebuts,
        "cautions": list(r.cautions),
        "from_picture": r.from_picture,
    }
