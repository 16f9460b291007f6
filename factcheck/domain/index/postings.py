"""The candidate index, seen from a query: which wordings share its terms, weighted.

What a query costs is bounded: it reads the wordings not packed yet, one open block for each of
its terms, and as many full blocks, of the rarest terms and the newest first, as ``BUDGET`` allows.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

from factcheck.domain.index import blocks
from factcheck.models import IndexState, Wording
from matching.terms import packed_postings
from matching.terms.packed_postings import BLOCK_CAPACITY, term_hash

BUDGET = 20_000  # postings read besides the open blocks
COVER = 0.95  # of the weight of a query's terms; what the most common ones add is left to the end
WAITING = 2_000  # wordings not packed yet that a query looks through, the newest first
RESCORED = 150  # wordings whose score is then worked out over all terms


@dataclass(frozen=True, slots=True)
class PostingMatches:
    """What a query found. ``weights``: term hash → how much it counts; ``scores``: wording →
    what it got from the blocks read, which may be less than its full score; ``highest``: the
    score of a text that has all."""

    weights: dict[int, float]
    scores: dict[int, float]
    highest: float = 1.0

    def best(self, count: int, least: float = 0.0) -> list[int]:
        """The wordings with the highest scores, best first; equals: the newest first.

        ``least``: leaves out what has less than this share of the highest score possible.
        """
        floor = least * self.highest
        near = [score for score in self.scores.values() if score >= floor]
        if len(near) > count:  # which score is the last of them costs less than an order of all
            floor = nlargest(count, near)[-1]
        pairs = [(score, pk) for pk, score in self.scores.items() if score >= floor]
        pairs.sort(reverse=True)
        return [pk for _score, pk in pairs[:count]]

    def exact(self, terms: bytes) -> float:
        """The full score of a wording with these packed terms."""
        return packed_postings.score_terms(self.weights, terms)


def find_matches(says: Mapping[str, float], count: int) -> PostingMatches:
    """Score the wordings that the blocks read hold, so many best ones at least; ``says``: term →
    its say in the query.

    Read in this order, so that a wording packed meanwhile is met twice rather than not at all.
    """
    asked = {term_hash(term): say for term, say in says.items()}
    if not asked:
        return PostingMatches({}, {})
    state = IndexState.objects.order_by("pk").values_list("generation", "wordings").first()
    generation, packed = state or (1, 0)
    waiting = (
        Wording.objects.filter(generation=0).order_by("-pk").values_list("pk", "terms")[:WAITING]
    )
    unpacked = [(pk, bytes(terms)) for pk, terms in waiting]
    opened = {row.term: row for row in blocks.open_blocks(generation, asked)}
    common = {
        term: row.full_blocks * BLOCK_CAPACITY + packed_postings.block_size(row.data)
        for term, row in opened.items()
    }
    for _pk, terms in unpacked:
        for term in asked.keys() & set(packed_postings.packed_hashes(terms)):
            common[term] = common.get(term, 0) + 1
    total = packed + len(unpacked)
    weights = {
        term: say * packed_postings.idf(total, common.get(term, 0)) for term, say in asked.items()
    }
    scores = _from_blocks(generation, list(opened.values()), weights, count)
    fresh = {pk: packed_postings.score_terms(weights, terms) for pk, terms in unpacked}
    scores |= {pk: score for pk, score in fresh.items() if score}
    return PostingMatches(weights, scores, packed_postings.query_max_score(says, weights))


def _chosen(
    opened: Sequence[blocks.BlockRow], weights: Mapping[int, float]
) -> tuple[list[blocks.BlockRow], dict[int, int]]:
    """What of the index to read: (open blocks, term → lowest number of its full blocks), the
    rarest terms first, until the rest of the terms could add little."""
    wanted: dict[int, int] = {}
    chosen: list[blocks.BlockRow] = []
    left, little = BUDGET // BLOCK_CAPACITY, (1 - COVER) * sum(weights[row.term] for row in opened)
    rest = sum(weights[row.term] for row in opened)
    for row in sorted(opened, key=lambda row: (row.full_blocks, -weights[row.term])):
        if rest < little:
            break
        rest -= weights[row.term]
        chosen.append(row)
        if row.full_blocks and left:
            taken = min(row.full_blocks, left)
            wanted[row.term] = row.full_blocks - taken + 1
            left -= taken
    return chosen, wanted


def _from_blocks(
    generation: int, opened: Sequence[blocks.BlockRow], weights: Mapping[int, float], count: int
) -> dict[int, float]:
    chosen, wanted = _chosen(opened, weights)
    full: dict[int, list[bytes]] = defaultdict(list)
    for term, data in blocks.newest_blocks(generation, wanted):
        full[term].append(data)
    scores: dict[int, float] = {}
    settled = False
    for at, row in enumerate(chosen):
        if row.full_blocks and not settled:
            rest = packed_postings.max_score(weights[later.term] for later in chosen[at:])
            settled = _none_new(scores, count, rest)
        add = packed_postings.add_to_existing_scores if settled else packed_postings.add_scores
        for data in (row.data, *full[row.term]):
            add(scores, data, weights[row.term])
    return scores


def _none_new(scores: Mapping[int, float], count: int, rest: float) -> bool:
    """Whether what is still to come cannot bring a wording without a score among the best."""
    return len(scores) >= count and len([s for s in scores.values() if s >= rest]) >= count


def search(says: Mapping[str, float], limit: int) -> list[tuple[int, float]]:
    """(wording, BM25 sum) of the best, whatever their case; see ``index.candidates``."""
    count = max(limit, RESCORED)
    found = find_matches(says, count)
    rows = blocks.wordings(found.best(count))
    scored = ((found.exact(terms), pk) for pk, _case, terms in rows)
    return [(pk, score) for score, pk in nlargest(limit, scored)]
