"""The tables and plots of docs/reference/matching.md, from the results of the benchmarks.

    python -m benchmarks.report --accuracy A.json --peers P.json --pairs X.json --scale S.json \\
        [--meaning M.json] [--fit F.jsonl] [--curve C.json] [--suggestions G.json] \\
        --out docs/reference

A and M are the output of ``benchmarks.accuracy --details --json``, without and with ``--semantic``;
the others come from the benchmark of their name. Writes the plots next to ``matching.md`` and the
text between its two ``measured`` marks.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import report_accuracy, report_learning_curve, report_scale, report_suggestions

BEGIN = "<!-- measured: begin (python -m benchmarks.all) -->"
END = "<!-- measured: end -->"
PAGE = "matching.md"
Results = dict[str, Any]


def pairs_table(pairs: Results) -> str:
    """Return the decisions on pairs as a table, with those of the peers' rules if measured."""
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


def page_section(
    pools: dict[str, dict[str, Results]],
    pairs: Results,
    scale: Results,
    suggestions: Results,
    curve: Results,
) -> str:
    """Return the part of the page between the marks."""
    return f"""{BEGIN}

## Measured

Made by one command, which also draws the plots; the data are not part of the project:

    python -m benchmarks.all --data DIR --cache DIR

{report_accuracy.INTRODUCTION}

{report_accuracy.PLOTS}

{report_accuracy.tables(pools)}
{report_learning_curve.section(curve)}### Linking pairs

Pairs that make the same claim and pairs that only look alike, each decided in both directions.

{pairs_table(pairs)}

{report_suggestions.section(suggestions)}
{report_scale.section(scale)}
{END}\n"""


def replace_section(page: Path, part: str) -> None:
    """Replace the text between the marks, or add it at the end."""
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
        results = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        sys.exit(f"report: {path}: {error}")
    return dict(results)


def _parse_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name in ("accuracy", "peers", "pairs", "scale"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    for name in ("meaning", "fit", "curve", "suggestions"):
        parser.add_argument(f"--{name}", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    return parser.parse_args(arguments)


def _plots(pools: dict[str, dict[str, Results]], scale: Results, curve: Results) -> dict[str, str]:
    goals = {pool: semantic for pool, (_, semantic, _) in report_accuracy.GOALS.items()}
    return {
        **report_accuracy.plots(pools),
        **report_scale.plots(scale),
        **report_learning_curve.plots(curve, goals),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the results, write the page and the plots."""
    options = _parse_options(arguments)
    scale, curve = _read(options.scale), _read(options.curve)
    fit = options.fit.read_text(encoding="utf-8") if options.fit else ""
    pools = report_accuracy.merge_results(
        _read(options.accuracy),
        _read(options.meaning),
        _read(options.peers),
        report_accuracy.cross_validation_scores(fit),
    )
    options.out.mkdir(parents=True, exist_ok=True)
    for name, svg in _plots(pools, scale, curve).items():
        (options.out / name).write_text(svg, encoding="utf-8")
    section = page_section(pools, _read(options.pairs), scale, _read(options.suggestions), curve)
    replace_section(options.out / PAGE, section)


if __name__ == "__main__":
    main()
