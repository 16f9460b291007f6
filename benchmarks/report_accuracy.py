"""Report section on accuracy: tables and plots from ``benchmarks.accuracy`` and its peers."""

import json
from typing import Any

from benchmarks.plots import Series, bars

POOLS = {
    "clef2a": "clef2a (tweets, English)",
    "viweb": "viweb (Vietnamese)",
    "clef2b": "clef2b (debates, English)",
    "fct": "fct (many languages)",
}
# MAP@5 required by words, required with meaning, and the goal.
GOALS = {
    "clef2a": (0.74, 0.82, 0.90),
    "viweb": (0.60, 0.70, 0.85),
    "clef2b": (0.25, 0.30, 0.40),
    "fct": (0.22, 0.26, 0.35),
}
WAYS = {
    "ours": "**ours, words**",
    "ours-cv": "the same, cross-validated",
    "meaning": "ours, words and meaning (it was trained on these)",
    "meaning-cv": "**words and meaning, cross-validated**",
    "tantivy": "BM25, English stems (tantivy)",
    "tantivy-folded": "the same without diacritics",
    "check": "Check: 70 % of the words, BM25",
    "cofacts": "Cofacts: `10<70%`, then Dice",
    "pg_trgm": "pg_trgm, nearest by `similarity`",
    "rapidfuzz": "`token_set_ratio` over all",
}
EMULATED = ("check", "cofacts")  # their rules on an engine of ours: accuracy, not speed
MODELS = {"lexical": "ours-cv", "meaning": "meaning-cv"}  # of benchmarks.weight_fitting
Results = dict[str, Any]
INTRODUCTION = """### Finding the claim a message repeats

Every query goes through `factcheck.domain.index.wordings.candidates` and
`matching.scoring.ranking.rank` on SQLite, one pool after the other, each with an empty database of
its own. The weights of the ranking are fitted on these messages, so what counts is the row
*cross-validated*: each fifth of them is ranked with weights, and with meaning through a projection,
that were trained without it and without any message with the same answer (of fct 589 messages,
which are not used for training); the plots show that row. MAP@5 is CheckThat!'s: the precision at
each right answer among the first five, over the number of right answers (at most five). *In the
pool* counts only right answers that are in the pool. Recall@50 is the share of messages with a
right answer among fifty. Peers that scan everything ran on a sample of the queries. With meaning
the Vietnamese pool has 5,000 distractors, else 51,384; its times exclude the embedding model, about
35 ms a message. The rules of Check and Cofacts ran on a BM25 of ours: they show accuracy, not
times."""
PLOTS = """![MAP@5 by pool](matching-map5.svg)

![Recall@50 by pool](matching-recall50.svg)"""


def cross_validation_scores(lines: str) -> dict[str, Results]:
    """Return pool → way → cross-validated scores from the output of ``weight_fitting``."""
    result: dict[str, Results] = {}
    for line in lines.splitlines():
        if line.startswith('{"model"'):
            row = json.loads(line)
            result.setdefault(row["pool"], {})[MODELS[row["model"]]] = row
    return result


def merge_results(
    accuracy: Results, semantic: Results, peers: Results, fitted: Results
) -> dict[str, dict[str, Results]]:
    """Return pool → way → scores, in the order of the tables."""
    pools = [*(pool for pool in POOLS if pool in accuracy), *(set(accuracy) - set(POOLS))]
    result: dict[str, dict[str, Results]] = {}
    for pool in pools:
        ways = {"ours": accuracy[pool], "meaning": semantic.get(pool)}
        ways |= peers.get(pool, {}) | fitted.get(pool, {})
        result[pool] = {way: ways[way] for way in WAYS if ways.get(way)}
    return result


def _row(way: str, s: Results, all_of: int) -> str:
    figures = [
        f"{s[key]:.3f}" if key in s else "–" for key in ("map5", "map5_in_pool", "mrr", "recall50")
    ]
    query_count = f"{s['n']:,}" if s["n"] == all_of else f"{s['n']:,} of {all_of:,}"
    times = ["–", "–"]
    if way not in EMULATED and "p50_ms" in s:
        times = [f"{s['p50_ms']:.1f}", f"{s['p95_ms']:.1f}"]
    return f"| {' | '.join([WAYS[way], *figures, query_count, *times])} |"


def tables(pools: dict[str, dict[str, Results]]) -> str:
    """Return one table a pool."""
    parts = []
    for pool, ways in pools.items():
        own_scores = ways["ours"]
        must = bound = ""
        if own_scores["ceiling"] < 1:
            bound = (
                f" Perfect answers would get MAP@5 {own_scores['ceiling']:.3f}:"
                " some right answers are not in the pool."
            )
        if pool in GOALS:
            words, semantic, goal = GOALS[pool]
            must = f" To reach: {words:.2f} by words, {semantic:.2f} with meaning; goal {goal:.2f}."
        parts += [
            f"#### {POOLS.get(pool, pool)}\n",
            f"{own_scores['n']:,} messages.{bound}{must}\n",
            "| way | MAP@5 | in the pool | MRR | recall@50 | queries | p50 ms | p95 ms |",
            "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
            *(_row(way, scores, own_scores["n"]) for way, scores in ways.items()),
            "",
        ]
    return "\n".join(parts)


def _label(way: str) -> str:
    return WAYS[way].split(" (it was")[0].strip("*").replace("`", "")


def _plot(pools: dict[str, dict[str, Results]], key: str, title: str) -> str:
    """Bars by pool and way, ours cross-validated if available; dashed lines mark the requirement
    with meaning and the goal."""

    def value(ways: dict[str, Results], way: str) -> float | None:
        scores = ways.get(f"{way}-cv") or ways.get(way)
        return scores[key] if scores else None

    drawn = [way for way in WAYS if way not in ("ours-cv", "meaning-cv", "tantivy-folded")]
    series = [
        Series(_label(way), [value(ways, way) for ways in pools.values()])
        for way in drawn
        if any(value(ways, way) is not None for ways in pools.values())
    ]
    goals: list[tuple[float | None, float | None]] = []
    if key == "map5":
        goals = [GOALS[pool][1:] if pool in GOALS else (None, None) for pool in pools]
    return bars(title, list(pools), series, goals)


def plots(pools: dict[str, dict[str, Results]]) -> dict[str, str]:
    """Return file name → SVG."""
    return {
        "matching-map5.svg": _plot(pools, "map5", "MAP@5 (dashed: to reach, and the goal)"),
        "matching-recall50.svg": _plot(pools, "recall50", "Recall@50"),
    }
