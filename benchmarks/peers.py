"""Accuracy of other ways of searching, on the pools and by the metrics of ``accuracy``.

    python -m benchmarks.peers --claims F --queries F [--distractors F] [--sample 100] --json

Needs requirements/bench.txt besides the product's own packages. Prints one object: pool → peer →
``{"map5", "mrr", "recall50", "n", "p50_ms", "p95_ms"}``. A claim's title is joined to its text,
since a peer has one text a document. The full scans run on an evenly spread sample of the queries;
``n`` is its size.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Protocol

from benchmarks.accuracy import Job, read_jobs
from benchmarks.datasets import VIETNAMESE, InvalidFileError
from benchmarks.metrics import DEPTH, Scores
from benchmarks.peer_engines import FullScan, TantivySearch, analyser, running_trigrams
from benchmarks.peer_index import Analyse, CheckSearch, CofactsSearch
from benchmarks.temporary_installation import log_progress

SAMPLE = 100  # queries for a peer that scans all texts


class Peer(Protocol):
    """A way of searching a sequence of texts."""

    def search(self, text: str, limit: int) -> list[int]:
        """Return the numbers of the best texts, best first."""


Texts = Sequence[str]


@dataclass(frozen=True)
class PeerSetup:
    """How a peer is built from a pool's texts; ``scans``: it reads all of them for each query."""

    build: Callable[[Texts, str], AbstractContextManager[Peer]]
    scans: bool = False
    only: str = ""  # a pool, if the peer makes sense there only


def _analyse(pool: str) -> Analyse:
    # Both systems stem English; neither has an analyser for Vietnamese.
    text_analyser = analyser(english=pool != VIETNAMESE)
    return lambda text: list(text_analyser.analyze(text))


@contextmanager
def _trigrams(texts: Texts, _pool: str) -> Iterator[Peer]:
    with running_trigrams(texts) as peer:
        yield peer


PEERS: dict[str, PeerSetup] = {
    "tantivy": PeerSetup(lambda texts, _pool: nullcontext(TantivySearch(texts))),
    "tantivy-folded": PeerSetup(
        lambda texts, _pool: nullcontext(TantivySearch(texts, folded=True)), only=VIETNAMESE
    ),
    "check": PeerSetup(lambda texts, pool: nullcontext(CheckSearch(texts, _analyse(pool)))),
    "cofacts": PeerSetup(lambda texts, pool: nullcontext(CofactsSearch(texts, _analyse(pool)))),
    "pg_trgm": PeerSetup(_trigrams, scans=True),
    "rapidfuzz": PeerSetup(lambda texts, _pool: nullcontext(FullScan(texts)), scans=True),
}


def evenly_spread(count: int, wanted: int) -> list[int]:
    """Return at most ``wanted`` numbers below ``count``, evenly spread."""
    if wanted >= count:
        return list(range(count))
    return [index * count // wanted for index in range(wanted)]


def measure(job: Job, name: str, sample: int) -> Scores:
    """Measure one peer on one pool."""
    setup = PEERS[name]
    texts = [" ".join(claim.wordings) for claim in job.claims]
    ids = [claim.id for claim in job.claims]
    pool, scores = set(ids), Scores()
    chosen = evenly_spread(len(job.messages), sample if setup.scans else len(job.messages))
    started = perf_counter()
    with setup.build(texts, job.pool) as peer:
        build_seconds = perf_counter() - started
        for number in chosen:
            message = job.messages[number]
            query_started = perf_counter()
            numbers = peer.search(message.text, DEPTH)
            milliseconds = 1000 * (perf_counter() - query_started)
            scores.add([ids[index] for index in numbers], message.right, pool, milliseconds)
    total = perf_counter() - started
    log_progress(
        f"{job.pool}, {name}: ready in {build_seconds:.1f} s,"
        f" {len(chosen)} queries, {total:.1f} s in all"
    )
    return scores


def parse_options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--claims", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--distractors", type=Path)
    parser.add_argument("--limit-distractors", type=int)
    parser.add_argument("--pools", type=lambda text: text.split(","), help="a,b: only these")
    parser.add_argument("--peers", type=lambda text: text.split(","), default=list(PEERS))
    parser.add_argument("--sample", type=int, default=SAMPLE)
    parser.add_argument("--json", action="store_true", help="one object instead of a table")
    parser.set_defaults(database="", semantic=False, cache=None, results_folder=None)
    options = parser.parse_args(arguments)
    if unknown := set(options.peers) - set(PEERS):
        parser.error(f"unknown peers: {', '.join(sorted(unknown))}; there are {', '.join(PEERS)}")
    return options


def run(options: argparse.Namespace) -> dict[str, dict[str, dict[str, float | int]]]:
    """Measure every peer on every pool.

    Raises:
        InvalidFileError: a file cannot be used.
    """
    results: dict[str, dict[str, dict[str, float | int]]] = {}
    for job in read_jobs(options):
        names = [name for name in options.peers if PEERS[name].only in ("", job.pool)]
        results[job.pool] = {name: measure(job, name, options.sample).details() for name in names}
    return results


def markdown_table(results: dict[str, dict[str, dict[str, float | int]]]) -> str:
    """Return the results as a Markdown table."""
    lines = [
        "| pool | peer | MAP@5 | MRR | recall@50 | queries | p50 ms | p95 ms |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for pool, peers in results.items():
        for name, s in peers.items():
            figures = [f"{s[key]:.3f}" for key in ("map5", "mrr", "recall50")]
            times = [f"{s[key]:.1f}" for key in ("p50_ms", "p95_ms")]
            lines.append(f"| {' | '.join([pool, name, *figures, str(s['n']), *times])} |")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    options = parse_options()
    try:
        results = run(options)
    except InvalidFileError as error:
        sys.exit(f"peers: {error}")
    print(json.dumps(results, indent=2) if options.json else markdown_table(results))


if __name__ == "__main__":
    main()
