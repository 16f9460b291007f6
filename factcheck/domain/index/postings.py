"""Postings of the candidate index as a query reads them: which wordings share its terms, weighted.

The cost of a query is bounded: it reads the wordings not packed yet, one open block for each of
its terms, and as many full blocks, of the rarest terms and the newest first, as
``MAX_POSTINGS_READ`` allows.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

from factcheck.domain.index import blocks
from factcheck.models import IndexState, Wording
from matching.terms import packed_postings
from matching.terms.packed_postings import BLOCK_CAPACITY, term_hash

MAX_POSTINGS_READ = 20_000  # postings read besides the open blocks
WEIGHT_COVERAGE = 0.95  # of a query's total weight; the most common terms beyond it are not read
MAX_UNPACKED_READ = 2_000  # wordings not packed yet that a query reads, the newest first
MAX_RESCORED = 150  # wordings whose score is then computed over all terms


@dataclass(frozen=True, slots=True)
class PostingMatches:
    """Matches of a query. ``weights``: by term hash; ``scores``: by wording, from the blocks read,
    which may be less than its full score; ``highest``: the score of a text that has all terms."""

    weights: dict[int, float]
    scores: dict[int, float]
    highest: float = 1.0

    def best(self, count: int, least: float = 0.0) -> list[int]:
        """The wordings with the highest scores, best first; of equal ones the newest first.

        ``least``: the share of the highest possible score that a wording needs.
        """
        floor = least * self.highest
        near = [score for score in self.scores.values() if score >= floor]
        if len(near) > count:  # the lowest of the best scores costs less than sorting all
            floor = nlargest(count, near)[-1]
        pairs = [(score, pk) for pk, score in self.scores.items() if score >= floor]
        pairs.sort(reverse=True)
        return [pk for _score, pk in pairs[:count]]

    def exact(self, terms: bytes) -> float:
        """The full score of a wording with these packed terms."""
        return packed_postings.score_terms(self.weights, terms)


def find_matches(query: Mapping[str, float], count: int) -> PostingMatches:
    """Score the wordings in the blocks read, at least the best ``count``; ``query``: term → its
    weight in the query.

    Reads waiting wordings before blocks, so that one packed meanwhile is met twice rather than not
    at all.
    """
    query_weights = {term_hash(term): weight for term, weight in query.items()}
    if not query_weights:
        return PostingMatches({}, {})
    state = IndexState.objects.order_by("pk").values_list("generation", "wordings").first()
    generation, packed = state or (1, 0)
    waiting = _waiting_wordings()
    opened = {row.term: row for row in blocks.open_blocks(generation, query_weights)}
    frequencies = _frequencies(query_weights, opened, waiting)
    total = packed + len(waiting)
    weights = {
        term: weight * packed_postings.idf(total, frequencies.get(term, 0))
        for term, weight in query_weights.items()
    }
    scores = _scores_from_blocks(generation, list(opened.values()), weights, count)
    unpacked = {pk: packed_postings.score_terms(weights, terms) for pk, terms in waiting}
    scores |= {pk: score for pk, score in unpacked.items() if score}
    return PostingMatches(weights, scores, packed_postings.query_max_score(query, weights))


def _waiting_wordings() -> list[tuple[int, bytes]]:
    """(wording, packed terms) of those not packed yet, the newest first."""
    waiting = Wording.objects.filter(generation=0).order_by("-pk").values_list("pk", "terms")
    return [(pk, bytes(terms)) for pk, terms in waiting[:MAX_UNPACKED_READ]]


def _frequencies(
    query_weights: Mapping[int, float],
    opened: Mapping[int, blocks.BlockRow],
    waiting: Sequence[tuple[int, bytes]],
) -> dict[int, int]:
    """In how many wordings each of the terms is, packed or waiting."""
    frequencies = {
        term: row.full_blocks * BLOCK_CAPACITY + packed_postings.block_size(row.data)
        for term, row in opened.items()
    }
    for _pk, terms in waiting:
        for term in query_weights.keys() & set(packed_postings.packed_hashes(terms)):
            frequencies[term] = frequencies.get(term, 0) + 1
    return frequencies


def _blocks_to_read(
    opened: Sequence[blocks.BlockRow], weights: Mapping[int, float]
) -> tuple[list[blocks.BlockRow], dict[int, int]]:
    """What to read of the index: (open blocks, term → lowest number of its full blocks), the
    rarest terms first, until the remaining terms could add little."""
    lowest: dict[int, int] = {}
    chosen: list[blocks.BlockRow] = []
    remaining_weight = sum(weights[row.term] for row in opened)
    negligible = (1 - WEIGHT_COVERAGE) * remaining_weight
    remaining_blocks = MAX_POSTINGS_READ // BLOCK_CAPACITY
    for row in sorted(opened, key=lambda row: (row.full_blocks, -weights[row.term])):
        if remaining_weight < negligible:
            break
        remaining_weight -= weights[row.term]
        chosen.append(row)
        if row.full_blocks and remaining_blocks:
            taken = min(row.full_blocks, remaining_blocks)
            lowest[row.term] = row.full_blocks - taken + 1
            remaining_blocks -= taken
    return chosen, lowest


def _scores_from_blocks(
    generation: int, opened: Sequence[blocks.BlockRow], weights: Mapping[int, float], count: int
) -> dict[int, float]:
    chosen, lowest = _blocks_to_read(opened, weights)
    full: dict[int, list[bytes]] = defaultdict(list)
    for term, data in blocks.newest_blocks(generation, lowest):
        full[term].append(data)
    scores: dict[int, float] = {}
    complete = False
    for index, row in enumerate(chosen):
        if row.full_blocks and not complete:
            rest = packed_postings.max_score(weights[later.term] for later in chosen[index:])
            complete = _is_complete(scores, count, rest)
        add = packed_postings.add_to_existing_scores if complete else packed_postings.add_scores
        for data in (row.data, *full[row.term]):
            add(scores, data, weights[row.term])
    return scores


def _is_complete(scores: Mapping[int, float], count: int, rest: float) -> bool:
    """Whether the remaining terms (at most ``rest``) cannot bring a wording without a score among
    the best."""
    return len(scores) >= count and len([s for s in scores.values() if s >= rest]) >= count


def search(query: Mapping[str, float], limit: int) -> list[tuple[int, float]]:
    """(wording, BM25 score) of the best, whatever their case; see ``wordings.candidates``."""
    count = max(limit, MAX_RESCORED)
    matches = find_matches(query, count)
    rows = blocks.read_terms(matches.best(count))
    scored = ((matches.exact(terms), pk) for pk, terms in rows)
    return [(pk, score) for score, pk in nlargest(limit, scored)]
