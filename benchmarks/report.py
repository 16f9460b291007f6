"""The tables and plots of docs/reference/matching.md, from the results of the benchmarks.

    python -m benchmarks.report --accuracy A.json --peers P.json --pairs X.json --scale S.json \\
        [--meaning M.json] [--fit F.jsonl] [--curve C.json] [--suggestions G.json] \\
        --out docs/reference

A and M are what ``benchmarks.accuracy --details --json`` prints, without and with ``--semantic``;
the others come from the benchmark of their name. Writes the plots beside ``matching.md`` and the
text between its two ``measured`` marks.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import report_learning_curve, report_scale, report_suggestions
from benchmarks.plots import Series, bars

BEGIN = "<!-- measured: begin (python -m benchmarks.all) -->"
END = "<!-- measured: end -->"
PAGE = "matching.md"
POOLS = {
    "clef2a": "clef2a (tweets, English)",
    "viweb": "viweb (Vietnamese)",
    "clef2b": "clef2b (debates, English)",
    "fct": "fct (many languages)",
}
# MAP@5 that must be reached by words, with meaning, and the goal.
REACH = {
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
EMULATED = ("check", "cofacts")  # their rules on an engine of ours: what they find, not how fast
MODELS = {"lexical": "ours-cv", "meaning": "meaning-cv"}  # of benchmarks.weight_fitting
Results = dict[str, Any]


def validated(lines: str) -> dict[str, Results]:
    """Pool → way → scores by cross-validation, from what ``benchmarks.weight_fitting`` printed."""
    found: dict[str, Results] = {}
    for line in lines.splitlines():
        if line.startswith('{"model"'):
            row = json.loads(line)
            found.setdefault(row["pool"], {})[MODELS[row["model"]]] = row
    return found


def together(
    accuracy: Results, meaning: Results, peers: Results, fitted: Results
) -> dict[str, dict[str, Results]]:
    """Pool → way → scores, in the order of the tables."""
    pools = [*(pool for pool in POOLS if pool in accuracy), *(set(accuracy) - set(POOLS))]
    found: dict[str, dict[str, Results]] = {}
    for pool in pools:
        ways = {"ours": accuracy[pool], "meaning": meaning.get(pool)}
        ways |= peers.get(pool, {}) | fitted.get(pool, {})
        found[pool] = {way: ways[way] for way in WAYS if ways.get(way)}
    return found


def _row(way: str, s: Results, all_of: int) -> str:
    figures = [
        f"{s[key]:.3f}" if key in s else "–" for key in ("map5", "map5_in_pool", "mrr", "recall50")
    ]
    asked = f"{s['n']:,}" if s["n"] == all_of else f"{s['n']:,} of {all_of:,}"
    times = ["–", "–"]
    if way not in EMULATED and "p50_ms" in s:
        times = [f"{s['p50_ms']:.1f}", f"{s['p95_ms']:.1f}"]
    return f"| {' | '.join([WAYS[way], *figures, asked, *times])} |"


def accuracy_tables(found: dict[str, dict[str, Results]]) -> str:
    """One table a pool."""
    parts = []
    for pool, ways in found.items():
        ours = ways["ours"]
        must = bound = ""
        if ours["ceiling"] < 1:
            bound = (
                f" Perfect answers would get MAP@5 {ours['ceiling']:.3f}: some right answers are"
                " not in the pool."
            )
        if pool in REACH:
            words, meaning, goal = REACH[pool]
            must = f" To reach: {words:.2f} by words, {meaning:.2f} with meaning; goal {goal:.2f}."
        parts += [
            f"#### {POOLS.get(pool, pool)}\n",
            f"{ours['n']:,} messages.{bound}{must}\n",
            "| way | MAP@5 | in the pool | MRR | recall@50 | queries | p50 ms | p95 ms |",
            "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
            *(_row(way, scores, ours["n"]) for way, scores in ways.items()),
            "",
        ]
    return "\n".join(parts)


def _label(way: str) -> str:
    return WAYS[way].split(" (it was")[0].strip("*").replace("`", "")


def accuracy_plot(found: dict[str, dict[str, Results]], key: str, title: str) -> str:
    """Bars: pools by way, ours cross-validated where that was done; dashed lines are what must be
    reached with meaning, and the goal."""

    def value(ways: dict[str, Results], way: str) -> float | None:
        scores = ways.get(f"{way}-cv") or ways.get(way)
        return scores[key] if scores else None

    drawn = [way for way in WAYS if way not in ("ours-cv", "meaning-cv", "tantivy-folded")]
    series = [
        Series(_label(way), [value(ways, way) for ways in found.values()])
        for way in drawn
        if any(value(ways, way) is not None for ways in found.values())
    ]
    goals: list[tuple[float | None, float | None]] = []
    if key == "map5":
        goals = [REACH[pool][1:] if pool in REACH else (None, None) for pool in found]
    return bars(title, list(found), series, goals)


def pairs_table(pairs: Results) -> str:
    """What is decided on pairs, beside the peers' rules when the results hold them."""
    lines = [
        "| rule | wrong links | right links | same, at least suggested | look-alikes suggested |",
        "| --- | ---: | ---: | ---: | ---: |",
    ]
    for name, c in {"**ours**": pairs, **pairs.get("rules", {})}.items():
        same, other = c["n_same"], c["n_different"]
        lines.append(
            f"| {name} | {c['linked_wrong']} of {other} | {c['linked_same']} of {same} |"
            f" {c['suggested_same']} of {same} | {c['suggested_different']} of {other} |"
        )
    return "\n".join(lines)


def text(
    found: dict[str, dict[str, Results]],
    pairs: Results,
    scale: Results,
    suggestions: Results,
    curve: Results,
) -> str:
    """The part of the page between the marks."""
    return f"""{BEGIN}

## Measured

Made by one command, which also draws the plots; the data are not part of the project:

    python -m benchmarks.all --data DIR --cache DIR

### Finding the claim a message repeats

Every query goes through `factcheck.domain.index.wordings.candidates` and
`matching.scoring.ranking.rank` on SQLite, one pool after the other, each
with an empty database of its own. The weights of the order are fitted on these messages, so
what counts is the row *cross-validated*: each fifth of them ordered by weights, and with meaning
found through a projection, that never saw it or a message with the same answer (of fct 589
messages, which make no weights); the plots show that row. MAP@5 is CheckThat!'s: the precision
at each right answer among the first five, over the number of right answers (at most five). *In the
pool* counts only right answers that the pool holds. Recall@50 is the share of messages with a right
answer among fifty. Scans of everything were asked a sample of the queries. With meaning the
Vietnamese pool has 5,000 distractors, else 51,384; its times lack the model's own, about 35 ms a
message. Check's and Cofacts' rules ran on a BM25 of ours: they show what is found, and no times.

![MAP@5 by pool](matching-map5.svg)

![Recall@50 by pool](matching-recall50.svg)

{accuracy_tables(found)}
{report_learning_curve.text(curve)}### Linking pairs

Pairs that say the same and pairs that only look alike, each asked both ways round.

{pairs_table(pairs)}

{report_suggestions.text(suggestions)}
{report_scale.text(scale)}
{END}
"""


def put(page: Path, part: str) -> None:
    """Replace what stands between the marks, or add it at the end."""
    before, after = page.read_text(encoding="utf-8") if page.exists() else "", ""
    if BEGIN in before and END in before:
        before, rest = before.split(BEGIN, 1)
        after = rest.split(END, 1)[1].lstrip("\n")
    joined = before.rstrip("\n") + "\n\n" + part + ("\n" + after if after else "")
    page.write_text(joined.lstrip("\n"), encoding="utf-8")


def _read(path: Path | None) -> Results:
    if path is None:
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        sys.exit(f"report: {path}: {error}")
    return dict(found)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the results, write the page and the plots."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("accuracy", "peers", "pairs", "scale"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--meaning", type=Path)
    parser.add_argument("--fit", type=Path)
    parser.add_argument("--curve", type=Path)
    parser.add_argument("--suggestions", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    scale, curve = _read(options.scale), _read(options.curve)
    fitted = validated(options.fit.read_text(encoding="utf-8")) if options.fit else {}
    found = together(_read(options.accuracy), _read(options.meaning), _read(options.peers), fitted)
    plots = {
        "matching-map5.svg": accuracy_plot(found, "map5", "MAP@5 (dashed: to reach, and the goal)"),
        "matching-recall50.svg": accuracy_plot(found, "recall50", "Recall@50"),
        **report_scale.plots(scale),
        **report_learning_curve.plots(
            curve, {pool: meaning for pool, (_, meaning, _) in REACH.items()}
        ),
    }
    options.out.mkdir(parents=True, exist_ok=True)
    for name, svg in plots.items():
        (options.out / name).write_text(svg, encoding="utf-8")
    suggestions = _read(options.suggestions)
    pairs = _read(options.pairs)
    put(options.out / PAGE, text(found, pairs, scale, suggestions, curve))


if __name__ == "__main__":
    main()
