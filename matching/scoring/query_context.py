"""Query context: what the scores of all candidates of one query tell about each of them."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

_NEAREST_COSINES = 50  # cosines whose mean is the background of a query
_MIN_BACKGROUND_COSINE = 0.25  # that of a large archive (docs/reference/matching.md)


class SearchScore(NamedTuple):
    """What the search says of one candidate: its key, its score, the score's share of the highest
    possible, and the cosine, None without an embedder."""

    key: int
    lexical: float
    coverage: float
    cosine: float | None


@dataclass(frozen=True, slots=True)
class QueryContext:
    """What all candidates of a query share, or those of one case.

    ``max_lexical``: log of the index's score of a text that has every word of the query.
    ``background_cosine``: mean of the highest cosines; at least a constant, since in a young
    archive few texts are near. ``cosine_second``: key → mean of its two highest cosines, since a
    claim with several wordings that are all near is likelier than one with a single wording that is
    near by chance.
    """

    max_lexical: float
    background_cosine: float
    cosine_second: dict[int, float]

    @classmethod
    def from_scores(cls, scores: Iterable[SearchScore]) -> "QueryContext":
        scores = list(scores)
        highest = max((s.lexical / s.coverage for s in scores if s.coverage), default=0.0)
        cosines_by_key: dict[int, list[float]] = {}
        for score in scores:
            cosines_by_key.setdefault(score.key, []).append(score.cosine or 0.0)
        second = {key: _mean_of_two_highest(cosines) for key, cosines in cosines_by_key.items()}
        all_cosines = [cosine for cosines in cosines_by_key.values() for cosine in cosines]
        background = sum(sorted(all_cosines, reverse=True)[:_NEAREST_COSINES]) / _NEAREST_COSINES
        return cls(math.log1p(highest), max(_MIN_BACKGROUND_COSINE, background), second)


def _mean_of_two_highest(values: list[float]) -> float:
    best = sorted(values, reverse=True)[:2]
    return sum(best) / len(best)
