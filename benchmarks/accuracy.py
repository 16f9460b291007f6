"""Accuracy: does a message find the fact-checked claim it repeats, through the product's search?

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
from benchmarks.datasets import Claim, InvalidFileError, Message
from benchmarks.metrics import Scores
from benchmarks.temporary_installation import log_progress
from matching.semantic.embedder import EmbedderError

WARM_UP = 5  # queries run before the timed ones


@dataclass(frozen=True)
class Job:
    """One pool: what is indexed, what is searched for, and how."""

    pool: str
    claims: Sequence[Claim]
    messages: Sequence[Message]
    database: str = "sqlite"
    semantic: bool = False
    cache: Path | None = None
    results_folder: Path | None = None  # a folder for the results of each query
    projections: tuple[Path, ...] = ()  # one a fold, trained without it


def measure_pool(job: Job) -> Scores:
    """Index and search; in a process of its own, since Django can be set up once in each."""
    sys.stdout = sys.stderr
    log_progress(
        f"{job.pool}: {len(job.claims)} claims, {len(job.messages)} queries, {job.database}"
    )
    settings = {"EMBEDDER": "bundled"} if job.semantic else {}
    with temporary_installation.installation(job.database, settings):
        from benchmarks import product_search  # noqa: PLC0415 (models can be imported only now)

        names = product_search.index_claims(job.claims)
        if job.semantic:
            product_search.embed_wordings(job.cache)
        for message in job.messages[:WARM_UP]:
            product_search.timed_search(message.text, job.semantic)
        answers = []
        for number, message in enumerate(job.messages, 1):
            cases, milliseconds = product_search.timed_search(message.text, job.semantic)
            answers.append(([names[case] for case in cases], milliseconds))
            if number % 200 == 0:
                log_progress(f"  {number} queries")
    return _scores(job, answers)


def _scores(job: Job, answers: Iterable[tuple[list[str], float]]) -> Scores:
    scores = Scores()
    pool = {claim.id for claim in job.claims}
    lines = []
    for message, (keys, milliseconds) in zip(job.messages, answers, strict=True):
        scores.add(keys, message.right, pool, milliseconds)
        row = {"text": message.text, "right": sorted(message.right), "found": keys[:50]}
        lines.append(json.dumps(row, ensure_ascii=False) + "\n")
    if job.results_folder is not None:
        job.results_folder.mkdir(parents=True, exist_ok=True)
        (job.results_folder / f"{job.pool.replace('/', '_')}.jsonl").write_text(
            "".join(lines), encoding="utf-8", errors="replace"
        )
    return scores


def _pool_job(
    options: argparse.Namespace, pool: str, messages: Sequence[Message], claims: Sequence[Claim]
) -> Job | None:
    """Return the job of a pool; None if no query has a right answer."""
    answerable = [message for message in messages if message.right]
    if unanswerable := len(messages) - len(answerable):
        log_progress(f"{pool}: {unanswerable} queries without a right answer left out")
    ids = {claim.id for claim in claims}
    if missing := len({key for message in answerable for key in message.right} - ids):
        log_progress(f"{pool}: {missing} right answers are not among its claims")
    if not answerable:
        return None
    return Job(
        *(pool, claims, answerable, options.database),
        *(options.semantic, options.cache, options.results_folder),
    )


def read_jobs(options: argparse.Namespace) -> list[Job]:
    """Return one job for each pool that the options select.

    Raises:
        InvalidFileError: a file cannot be used, or no query is left.
    """
    collection = data.read_claims(options.claims)
    if not collection.claims:
        raise InvalidFileError(f"{options.claims}: no claim")
    distractors = []
    if options.distractors:
        distractors = data.read_distractors(options.distractors, options.limit_distractors)
    jobs = []
    for pool, messages in data.read_queries(options.queries, collection).items():
        if options.pools and pool not in options.pools:
            continue
        claims = data.pool_claims(pool, collection.claims, distractors)
        if job := _pool_job(options, pool, messages, claims):
            jobs.append(job)
    if not jobs:
        raise InvalidFileError(
            f"{options.queries}: no query with a right answer in the selected pools"
        )
    return jobs


def run(todo: Sequence[Job]) -> dict[str, Scores]:
    """Measure one pool after the other."""
    temporary_installation.exit_on_sigterm()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, max_tasks_per_child=1) as processes:
        try:
            scores = list(processes.map(measure_pool, todo))
        except BaseException:  # also if ended from outside: the children clean up after themselves
            for child in multiprocessing.active_children():
                child.terminate()
            processes.shutdown(cancel_futures=True)
            raise
    return {job.pool: pool_scores for job, pool_scores in zip(todo, scores, strict=True)}


def _comma_separated(text: str) -> list[str]:
    return text.split(",")


def parse_options(
    arguments: Sequence[str] | None = None, flags: Sequence[str] = (), lists: Sequence[str] = ()
) -> argparse.Namespace:
    """Parse the options; ``flags`` and ``lists`` are those of a benchmark that extends this."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--claims", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--distractors", type=Path)
    parser.add_argument("--limit-distractors", type=int)
    parser.add_argument("--semantic", action="store_true", help="with the bundled model")
    parser.add_argument("--cache", type=Path, help="folder that keeps vectors")
    parser.add_argument("--pools", type=_comma_separated, help="a,b: only these")
    parser.add_argument("--database", choices=temporary_installation.DATABASES, default="sqlite")
    parser.add_argument(
        "--found", dest="results_folder", type=Path, help="folder for the results of each query"
    )
    parser.add_argument("--json", action="store_true", help="one object instead of a table")
    parser.add_argument("--details", action="store_true", help="further figures in the object")
    for flag in flags:
        parser.add_argument(flag, action="store_true")
    for name in lists:
        parser.add_argument(name, type=_comma_separated, default=[])
    return parser.parse_args(arguments)


def markdown_table(scores: dict[str, Scores]) -> str:
    """Return the scores as a Markdown table."""
    lines = [
        "| pool | MAP@5 | MRR | recall@50 | queries | p50 ms | p95 ms |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for pool, pool_scores in scores.items():
        s = pool_scores.summary()
        figures = [f"{s[key]:.3f}" for key in ("map5", "mrr", "recall50")]
        times = [f"{s[key]:.1f}" for key in ("p50_ms", "p95_ms")]
        lines.append(f"| {' | '.join([pool, *figures, str(s['n']), *times])} |")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    options = parse_options()
    try:
        todo = read_jobs(options)
    except InvalidFileError as error:
        sys.exit(f"accuracy: {error}")
    try:
        scores = run(todo)
    except EmbedderError as error:
        sys.exit(f"accuracy: {error}")
    if options.json:
        each = Scores.details if options.details else Scores.summary
        print(
            json.dumps({pool: each(pool_scores) for pool, pool_scores in scores.items()}, indent=2)
        )
    else:
        print(markdown_table(scores))


if __name__ == "__main__":
    main()
