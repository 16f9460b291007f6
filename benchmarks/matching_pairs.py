"""Does a score separate same from look-alike? AUC on the 30 pairs of tests/matching.

    python -m benchmarks.matching_pairs

Compares plain ``token_set_ratio`` (the peer), our score, and our score behind the slots' veto.
Prints a Markdown table; times are ratios to the peer, measured in the same run.
"""

import json
import time
from collections.abc import Callable
from itertools import product
from pathlib import Path

from rapidfuzz import fuzz

from matching.engine import Candidate, Query, rank
from matching.policy import Action, decide
from matching.score import similarity

PAIRS = Path(__file__).parents[1] / "tests" / "matching" / "pairs_vi.json"
ROUNDS = 20


def peer(a: str, b: str) -> float:
    """Score as rapidfuzz does without us."""
    return fuzz.token_set_ratio(a, b) / 100


def vetoed(a: str, b: str) -> float:
    """Our score, less one if a slot conflicts."""
    (ranked,) = rank(Query(a), [Candidate(1, b)])
    return ranked.score - ranked.conflicts


def auc(score: Callable[[str, str], float], pairs: list[dict[str, str]]) -> float:
    """Chance that a same pair scores above a look-alike one; 0.5 is a coin."""
    same = [score(p["a"], p["b"]) for p in pairs if p["label"] == "same"]
    other = [score(p["a"], p["b"]) for p in pairs if p["label"] != "same"]
    wins = sum((x > y) + (x == y) / 2 for x, y in product(same, other))
    return wins / (len(same) * len(other))


def seconds(score: Callable[[str, str], float], pairs: list[dict[str, str]]) -> float:
    """Mean time for one pair."""
    start = time.perf_counter()
    for _ in range(ROUNDS):
        for p in pairs:
            score(p["a"], p["b"])
    return (time.perf_counter() - start) / ROUNDS / len(pairs)


def main() -> None:
    """Print the table and what the policy does with the pairs."""
    pairs = json.loads(PAIRS.read_text(encoding="utf-8"))
    base = seconds(peer, pairs)
    print("| scorer | AUC | time, ratio to the first |\n| --- | ---: | ---: |")
    for name, score in (
        ("plain `token_set_ratio`", peer),
        ("`score.similarity`", similarity),
        ("`engine.rank` with the slots' veto", vetoed),
    ):
        print(f"| {name} | {auc(score, pairs):.2f} | {seconds(score, pairs) / base:.0f} |")
    for label in ("same", "different"):
        actions = [
            decide(rank(Query(p["a"]), [Candidate(1, p["b"])])).action
            for p in pairs
            if p["label"] == label
        ]
        counts = ", ".join(f"{action.value} {actions.count(action)}" for action in Action)
        print(f"\n{label} ({len(actions)}): {counts}")


if __name__ == "__main__":
    main()
