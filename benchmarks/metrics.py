"""What the accuracy tables count.

MAP@5 as in CheckThat!: the precision at each right answer among the first five, summed and divided
by the number of right answers. The lab's scorer (trectools) divides by all of them, this one by
five at most, so that a query with eight can reach 1. Every id given as right counts, also one that
the pool does not hold: nobody can find that, and ``ceiling`` says what perfect answers would get.
Recall@50 is the share of queries with a right answer among the first fifty.
"""

import hashlib
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

CUT = 5
FOLDS = 5  # of a cross-validation
MOST = 800  # queries of one pool in it: more of the largest change nothing
DEPTH = 50  # answers looked at


def average_precision(found: Sequence[str], right: Collection[str], cut: int = CUT) -> float:
    """AP at a cut, 0..1; 0 when nothing is right."""
    hits, total = 0, 0.0
    for place, key in enumerate(found[:cut], 1):
        if key in right:
            hits += 1
            total += hits / place
    return total / min(cut, len(right)) if right else 0.0


def fold(right: Collection[str]) -> int:
    """The fifth of all that a query is in; those with the same first answer are in the same."""
    return hashlib.sha256(min(right).encode()).digest()[0] % FOLDS


def reciprocal_rank(found: Sequence[str], right: Collection[str]) -> float:
    """One over the place of the first right answer; 0 when there is none."""
    return next((1 / place for place, key in enumerate(found, 1) if key in right), 0.0)


def is_found(found: Sequence[str], right: Collection[str], depth: int = DEPTH) -> bool:
    """Whether one of the right answers is among the first so many."""
    return any(key in right for key in found[:depth])


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of all does not exceed; 0 of none."""
    if not values:
        return 0.0
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


@dataclass
class Scores:
    """The answers of one pool, query by query."""

    map5: list[float] = field(default_factory=list)
    mrr: list[float] = field(default_factory=list)
    recall: list[float] = field(default_factory=list)
    in_pool: list[float] = field(default_factory=list)
    share: list[float] = field(default_factory=list)
    best: list[float] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)

    def add(
        self, found: Sequence[str], right: Collection[str], pool: Collection[str], ms: float
    ) -> None:
        """Count one query: the ids found, best first, its right answers, the ids of the pool."""
        here = {key for key in right if key in pool}
        self.map5.append(average_precision(found, right))
        self.mrr.append(reciprocal_rank(found[:DEPTH], right))
        self.recall.append(float(is_found(found, right)))
        self.in_pool.append(average_precision(found, here))
        self.share.append(len(here & set(found[:DEPTH])) / len(here) if here else 0.0)
        self.best.append(min(CUT, len(here)) / min(CUT, len(right)))
        self.milliseconds.append(ms)

    def summary(self) -> dict[str, float | int]:
        """``{"map5", "mrr", "recall50", "n", "p50_ms", "p95_ms"}``."""
        return {
            "map5": _mean(self.map5),
            "mrr": _mean(self.mrr),
            "recall50": _mean(self.recall),
            "n": len(self.map5),
            "p50_ms": round(percentile(self.milliseconds, 0.5), 2),
            "p95_ms": round(percentile(self.milliseconds, 0.95), 2),
        }

    def details(self) -> dict[str, float | int]:
        """The summary and, besides: ``map5_in_pool`` and ``recall50_share`` count only right
        answers that the pool holds; ``ceiling`` is the MAP@5 of perfect answers."""
        return self.summary() | {
            "map5_in_pool": _mean(self.in_pool),
            "recall50_share": _mean(self.share),
            "ceiling": _mean(self.best),
        }


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 4) if values else 0.0
