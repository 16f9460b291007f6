"""Metrics of the accuracy tables.

MAP@5 as in CheckThat!: the precision at each right answer among the first five, summed and divided
by the number of right answers. The lab's scorer (trectools) divides by all of them, this one by
five at most, so that a query with eight can reach 1. Every right id counts, also one that is not in
the pool and cannot be found; ``ceiling`` is the score of perfect answers.
Recall@50 is the share of queries with a right answer among the first fifty.
"""

import hashlib
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

CUT = 5
FOLDS = 5  # of a cross-validation
MAX_QUERIES = 800  # of one pool in it: more of the largest pool change nothing
DEPTH = 50  # answers counted


def average_precision(keys: Sequence[str], right: Collection[str], cut: int = CUT) -> float:
    """Return AP at a cut, 0..1; 0 if no answer is right."""
    hits, total = 0, 0.0
    for place, key in enumerate(keys[:cut], 1):
        if key in right:
            hits += 1
            total += hits / place
    return total / min(cut, len(right)) if right else 0.0


def fold_of(right: Collection[str]) -> int:
    """Return the fold of a query; queries with the same first answer are in the same fold."""
    return hashlib.sha256(min(right).encode()).digest()[0] % FOLDS


def reciprocal_rank(keys: Sequence[str], right: Collection[str]) -> float:
    """Return one over the rank of the first right answer; 0 if there is none."""
    return next((1 / place for place, key in enumerate(keys, 1) if key in right), 0.0)


def is_found(keys: Sequence[str], right: Collection[str], depth: int = DEPTH) -> bool:
    """Whether a right answer is among the first ``depth``."""
    return any(key in right for key in keys[:depth])


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that at least this share of all does not exceed; 0 of none."""
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
        self, keys: Sequence[str], right: Collection[str], pool: Collection[str], ms: float
    ) -> None:
        """Count one query: the ids found, best first, its right answers, the ids of the pool."""
        here = {key for key in right if key in pool}
        self.map5.append(average_precision(keys, right))
        self.mrr.append(reciprocal_rank(keys[:DEPTH], right))
        self.recall.append(float(is_found(keys, right)))
        self.in_pool.append(average_precision(keys, here))
        self.share.append(len(here & set(keys[:DEPTH])) / len(here) if here else 0.0)
        self.best.append(min(CUT, len(here)) / min(CUT, len(right)))
        self.milliseconds.append(ms)

    def summary(self) -> dict[str, float | int]:
        """Return ``{"map5", "mrr", "recall50", "n", "p50_ms", "p95_ms"}``."""
        return {
            "map5": _mean(self.map5),
            "mrr": _mean(self.mrr),
            "recall50": _mean(self.recall),
            "n": len(self.map5),
            "p50_ms": round(percentile(self.milliseconds, 0.5), 2),
            "p95_ms": round(percentile(self.milliseconds, 0.95), 2),
        }

    def details(self) -> dict[str, float | int]:
        """Return the summary with ``map5_in_pool`` and ``recall50_share``, which count only right
        answers that are in the pool, and ``ceiling``, the MAP@5 of perfect answers."""
        return self.summary() | {
            "map5_in_pool": _mean(self.in_pool),
            "recall50_share": _mean(self.share),
            "ceiling": _mean(self.best),
        }


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 4) if values else 0.0
