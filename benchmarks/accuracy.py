"""Does a message find the fact-checked claim it repeats? Through the product's own search.

    python -m benchmarks.accuracy --claims F --queries F [--distractors F] [--semantic] --json

``benchmarks.datasets`` describes the files, gzipped or not. For each pool of queries the claims
become cases in an empty database, and each query runs through ``factcheck.domain.index.wordings``
and ``matching.scoring.ranking``. Prints one object, pool → ``{"map5", "mrr", "recall50", "n",
"p50_ms", "p95_ms"}``; progress goes to stderr. ``benchmarks.metrics`` defines the figures. The
time is that of one query; with ``--cache`` it excludes the embedding model.
"""

import argparse
import json
import multiprocessing
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks import datasets as data
from benchmarks import temporary_installation
from benchmarks.datasets import BadLine, Claim, Message
from benchmarks.metrics import Scores
from benchmarks.temporary_installation import say
from matching.semantic.embedder import EmbedderError

WARM_UP = 5  # queries asked once before, so that no time is that of a cold start


@dataclass(frozen=True)
class Job:
    """One pool: what is indexed, what is asked, and how."""

    pool: str
    claims: Sequence[Claim]
    messages: Sequence[Message]
    database: str = "sqlite"
    semantic: bool = False
    cache: Path | None = None
    found: Path | None = None  # a folder for what was found, query by query
    projections: tuple[Path, ...] = ()  # one a fold, trained without it


def measure(job: Job) -> Scores:
    """Index and ask; in a process of its own, since Django is set up once in each."""
    sys.stdout = sys.stderr
    say(f"{job.pool}: {len(job.claims)} claims, {len(job.messages)} queries, {job.database}")
    settings = {"EMBEDDER": "bundled"} if job.semantic else {}
    with temporary_installation.installation(job.database, settings):
        from benchmarks import product_search  # noqa: PLC0415 (models can be imported only now)

        names = product_search.fill(job.claims)
        if job.semantic:
            product_search.embed(job.cache)
        for message in job.messages[:WARM_UP]:
            product_search.ask(message.text, job.semantic)
        answers = []
        for number, message in enumerate(job.messages, 1):
            cases, milliseconds = product_search.ask(message.text, job.semantic)
            answers.append(([names[case] for case in cases], milliseconds))
            if number % 200 == 0:
                say(f"  {number} queries")
    return _scores(job, answers)


def _scores(job: Job, answers: Iterable[tuple[list[str], float]]) -> Scores:
    scores = Scores()
    pool = {claim.id for claim in job.claims}
    lines = []
    for message, (found, milliseconds) in zip(job.messages, answers, strict=True):
        scores.add(found, message.right, pool, milliseconds)
        row = {"text": message.text, "right": sorted(message.right), "found": found[:50]}
        lines.append(json.dumps(row, ensure_ascii=False) + "\n")
    if job.found is not None:
        job.found.mkdir(parents=True, exist_ok=True)
        (job.found / f"{job.pool.replace('/', '_')}.jsonl").write_text(
            "".join(lines), encoding="utf-8", errors="replace"
        )
    return scores


def jobs(options: argparse.Namespace) -> list[Job]:
    """What the options ask for, one job a pool.

    Raises:
        BadLine: a file cannot be used, or no query is left.
    """
    collection = data.read_claims(options.claims)
    if not collection.claims:
        raise BadLine(f"{options.claims}: no claim")
    distractors = []
    if options.distractors:
        distractors = data.read_distractors(options.distractors, options.limit_distractors)
    found = []
    for pool, messages in data.read_queries(options.queries, collection).items():
        if options.pools and pool not in options.pools:
            continue
        answerable = [message for message in messages if message.right]
        if len(answerable) < len(messages):
            say(
                f"{pool}: {len(messages) - len(answerable)} queries without a right answer left out"
            )
        documents = data.documents(pool, collection.claims, distractors)
        ids = {claim.id for claim in documents}
        if missing := len({key for m in answerable for key in m.right} - ids):
            say(f"{pool}: {missing} right answers are not among its claims: nobody can find them")
        if answerable:
            found.append(
                Job(
                    *(pool, documents, answerable, options.database),
                    *(options.semantic, options.cache, options.found),
                )
            )
    if not found:
        raise BadLine(f"{options.queries}: no query with a right answer in the pools asked for")
    return found


def run(todo: Sequence[Job]) -> dict[str, Scores]:
    """Measure one pool after the other."""
    temporary_installation.clear_when_ended()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, max_tasks_per_child=1) as processes:
        try:
            scores = list(processes.map(measure, todo))
        except BaseException:  # ended from outside, too: what they made is theirs to remove
            for child in multiprocessing.active_children():
                child.terminate()
            processes.shutdown(cancel_futures=True)
            raise
    return {job.pool: found for job, found in zip(todo, scores, strict=True)}


def _names(text: str) -> list[str]:
    return text.split(",")


def parse(
    arguments: Sequence[str] | None = None, flags: Sequence[str] = (), lists: Sequence[str] = ()
) -> argparse.Namespace:
    """Read the options; ``flags`` and ``lists`` are those of a benchmark that builds on this."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--claims", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--distractors", type=Path)
    parser.add_argument("--limit-distractors", type=int)
    parser.add_argument("--semantic", action="store_true", help="with the bundled model")
    parser.add_argument("--cache", type=Path, help="folder that keeps vectors")
    parser.add_argument("--pools", type=_names, help="a,b: only these")
    parser.add_argument("--database", choices=temporary_installation.DATABASES, default="sqlite")
    parser.add_argument("--found", type=Path, help="folder for what each query found")
    parser.add_argument("--json", action="store_true", help="one object instead of a table")
    parser.add_argument("--details", action="store_true", help="further figures in the object")
    for flag in flags:
        parser.add_argument(flag, action="store_true")
    for name in lists:
        parser.add_argument(name, type=_names, default=[])
    return parser.parse_args(arguments)


def table(scores: dict[str, Scores]) -> str:
    """The same as a Markdown table."""
    lines = [
        "| pool | MAP@5 | MRR | recall@50 | queries | p50 ms | p95 ms |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for pool, found in scores.items():
        s = found.summary()
        figures = [f"{s[key]:.3f}" for key in ("map5", "mrr", "recall50")]
        times = [f"{s[key]:.1f}" for key in ("p50_ms", "p95_ms")]
        lines.append(f"| {' | '.join([pool, *figures, str(s['n']), *times])} |")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    options = parse()
    try:
        todo = jobs(options)
    except BadLine as error:
        sys.exit(f"accuracy: {error}")
    try:
        scores = run(todo)
    except EmbedderError as error:
        sys.exit(f"accuracy: {error}")
    if options.json:
        each = Scores.details if options.details else Scores.summary
        print(json.dumps({pool: each(found) for pool, found in scores.items()}, indent=2))
    else:
        print(table(scores))


if __name__ == "__main__":
    main()
