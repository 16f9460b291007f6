"""Decisions of the product on pairs of texts that make the same claim or only look alike.

    python -m benchmarks.pairs --pairs F [--pairs F2] [--json]

``F`` is a JSON list of ``{"id", "label": "same" | "different", "a", "b", "why"}``. Every pair is
decided in both directions by ``matching.scoring.ranking`` and ``matching.scoring.policy`` as the
product does it: a wrong link in either direction counts, a pair is suggested only if it is in
both. With ``--json`` one object: the decision of every pair and the counts; else a Markdown
table with peers measured in the same run.
"""

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from matching.scoring.policy import Action, decide
from matching.scoring.ranking import Candidate, Query, RankedCandidate, rank

Pair = dict[str, str]
# (similarity, threshold to link, threshold to suggest)
Rule = tuple[Callable[[str, str], float], float, float]
_TOKEN = re.compile(r"\w+")


def decide_pair(a: str, b: str) -> tuple[Action, RankedCandidate]:
    """Return the product's decision on two texts."""
    ranked = rank(Query(a), [Candidate(1, b)])
    return decide(ranked).action, ranked[0]


def word_overlap(a: str, b: str) -> float:
    """Return the share of the query's words in the other text (``minimum_should_match``)."""
    words = set(_TOKEN.findall(a.lower()))
    return len(words & set(_TOKEN.findall(b.lower()))) / len(words) if words else 0.0


def bigram_dice(a: str, b: str) -> float:
    """Return Dice's coefficient over character bigrams, spaces left out."""
    left, right = (
        Counter(t[i : i + 2] for i in range(len(t) - 1))
        for t in ("".join(a.split()), "".join(b.split()))
    )
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 0.0


def token_set_ratio(a: str, b: str) -> float:
    """Return rapidfuzz ``token_set_ratio``, 0..1."""
    return fuzz.token_set_ratio(a, b) / 100


PEERS: dict[str, Rule] = {
    "Check: 70 % of the words suggest, 87.5 % confirm": (word_overlap, 0.875, 0.70),
    "Cofacts: Dice on character bigrams, 0.95": (bigram_dice, 0.95, 0.95),
    "`token_set_ratio`: 0.70 suggests, 0.95 links": (token_set_ratio, 0.95, 0.70),
}


def rule_decision(rule: Rule) -> Callable[[str, str], Action]:
    """Return a rule as a function that decides like the policy."""
    similarity, link_from, suggest_from = rule

    def action(a: str, b: str) -> Action:
        value = similarity(a, b)
        if value >= link_from:
            return Action.LINK
        return Action.SUGGEST if value >= suggest_from else Action.NEW

    return action


def decide_both_ways(action: Callable[[str, str], Action], pair: Pair) -> tuple[Action, Action]:
    """Return the decisions on a pair with each text as the query."""
    return action(pair["a"], pair["b"]), action(pair["b"], pair["a"])


def count_decisions(decided: list[tuple[str, Action, Action]]) -> dict[str, int]:
    """Count (label, decision, decision in the other direction)."""
    same = [(x, y) for label, x, y in decided if label == "same"]
    other = [(x, y) for label, x, y in decided if label != "same"]
    return {
        "linked_wrong": sum(Action.LINK in pair for pair in other),
        "suggested_same": sum(Action.NEW not in pair for pair in same),
        "linked_same": sum(pair == (Action.LINK, Action.LINK) for pair in same),
        "suggested_different": sum(Action.SUGGEST in pair for pair in other),
        "n_same": len(same),
        "n_different": len(other),
    }


def describe_pair(pair: Pair) -> dict[str, Any]:
    """Return the decisions on a pair with their reasons, as JSON types."""
    action, ranked = decide_pair(pair["a"], pair["b"])
    reverse, _ = decide_pair(pair["b"], pair["a"])
    return {
        "id": pair["id"],
        "label": pair["label"],
        "decision": action.value,
        "reverse": reverse.value,
        "score": ranked.score,
        "related": ranked.rebuts,
        "conflicts": [d.slot for d in ranked.differences if d.kind == "conflict"],
    }


def summarise(pairs: list[Pair]) -> dict[str, Any]:
    """Return the decisions of all pairs and their counts."""
    rows = [describe_pair(pair) for pair in pairs]
    decided = [(r["label"], Action(r["decision"]), Action(r["reverse"])) for r in rows]
    explained = [r for r in rows if r["label"] != "same" and (r["conflicts"] or r["related"])]
    return {"pairs": rows, **count_decisions(decided), "explained_different": len(explained)}


def markdown_table(pairs: list[Pair]) -> str:
    """Return a Markdown table: the product and its peers, in one run."""
    lines = [
        "| rule | wrong links | right links | same, at least suggested | look-alikes shown "
        "| µs a pair |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    rules: dict[str, Callable[[str, str], Action]] = {"ours": lambda a, b: decide_pair(a, b)[0]}
    rules |= {name: rule_decision(rule) for name, rule in PEERS.items()}
    for name, action in rules.items():
        start = time.perf_counter()
        decided = [(pair["label"], *decide_both_ways(action, pair)) for pair in pairs]
        cost = (time.perf_counter() - start) / max(len(pairs), 1) / 2 * 1e6
        c = count_decisions(decided)
        lines.append(
            f"| {name} | {c['linked_wrong']} of {c['n_different']} | {c['linked_same']} of "
            f"{c['n_same']} | {c['suggested_same']} of {c['n_same']} "
            f"| {c['suggested_different']} of {c['n_different']} | {cost:.0f} |"
        )
    return "\n".join(lines)


def main() -> None:
    """Read the files of the arguments and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", action="append", type=Path, required=True)
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    pairs = [p for path in args.pairs for p in json.loads(path.read_text(encoding="utf-8"))]
    print(
        json.dumps(summarise(pairs), ensure_ascii=False, indent=1)
        if args.json
        else markdown_table(pairs)
    )


if __name__ == "__main__":
    main()
