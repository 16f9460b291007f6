"""What other ways of searching find, on the pools and with the measures of ``benchmarks.accuracy``.

    python -m benchmarks.peers --claims F --queries F [--distractors F] [--sample 100] --json

Needs requirements/bench.txt besides the product's own packages. Prints one object: pool → peer →
``{"map5", "mrr", "recall50", "n", "p50_ms", "p95_ms"}``. A claim's title is joined to its text,
since a peer knows one text a document. The full scans ask a sample of the queries, evenly spread;
``n`` says how many.
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

from benchmarks.accuracy import Job, jobs
from benchmarks.datasets import VIETNAMESE, BadLine
from benchmarks.metrics import DEPTH, Scores
from benchmarks.peer_engines import Scan, Tantivy, analyser, trigrams
from benchmarks.peer_index import Analyse, Check, Cofacts
from benchmarks.temporary_installation import say

SAMPLE = 100  # queries for a peer that reads everything each time


class Peer(Protocol):
    """A way of searching texts that were given to it."""

    def search(self, text: str, limit: int) -> list[int]:
        """Numbers of the texts, best first."""


Texts = Sequence[str]


@dataclass(frozen=True)
class Way:
    """How a peer is made from a pool's texts; ``scans``: it reads all of them for each query."""

    make: Callable[[Texts, str], AbstractContextManager[Peer]]
    scans: bool = False
    only: str = ""  # a pool, when it says something there only


def _analyse(pool: str) -> Analyse:
    # Both systems stem English; neither has an analyser for Vietnamese.
    found = analyser(english=pool != VIETNAMESE)
    return lambda text: list(found.analyze(text))


@contextmanager
def _trigrams(texts: Texts, _pool: str) -> Iterator[Peer]:
    with trigrams(texts) as peer:
        yield peer


WAYS: dict[str, Way] = {
    "tantivy": Way(lambda texts, _pool: nullcontext(Tantivy(texts))),
    "tantivy-folded": Way(
        lambda texts, _pool: nullcontext(Tantivy(texts, folded=True)), only=VIETNAMESE
    ),
    "check": Way(lambda texts, pool: nullcontext(Check(texts, _analyse(pool)))),
    "cofacts": Way(lambda texts, pool: nullcontext(Cofacts(texts, _analyse(pool)))),
    "pg_trgm": Way(_trigrams, scans=True),
    "rapidfuzz": Way(lambda texts, _pool: nullcontext(Scan(texts)), scans=True),
}


def spread(count: int, wanted: int) -> list[int]:
    """Numbers below ``count``, evenly spread, at most ``wanted``."""
    if wanted >= count:
        return list(range(count))
    return [at * count // wanted for at in range(wanted)]


def measure(job: Job, name: str, sample: int) -> Scores:
    """One peer on one pool."""
    way = WAYS[name]
    texts = [" ".join(claim.wordings) for claim in job.claims]
    ids = [claim.id for claim in job.claims]
    pool, scores = set(ids), Scores()
    chosen = spread(len(job.messages), sample if way.scans else len(job.messages))
    started = perf_counter()
    with way.make(texts, job.pool) as peer:
        ready = perf_counter() - started
        for number in chosen:
            message = job.messages[number]
            begun = perf_counter()
            found = peer.search(message.text, DEPTH)
            milliseconds = 1000 * (perf_counter() - begun)
            scores.add([ids[at] for at in found], message.right, pool, milliseconds)
    total = perf_counter() - started
    say(f"{job.pool}, {name}: ready in {ready:.1f} s, {len(chosen)} queries, {total:.1f} s in all")
    return scores


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--claims", type=Path, required=True)
    parser.add_argument("--queries", type=Path, required=True)
    parser.add_argument("--distractors", type=Path)
    parser.add_argument("--limit-distractors", type=int)
    parser.add_argument("--pools", type=lambda text: text.split(","), help="a,b: only these")
    parser.add_argument("--peers", type=lambda text: text.split(","), default=list(WAYS))
    parser.add_argument("--sample", type=int, default=SAMPLE)
    parser.add_argument("--json", action="store_true", help="one object instead of a table")
    parser.set_defaults(database="", semantic=False, cache=None, found=None)
    options = parser.parse_args(arguments)
    if unknown := set(options.peers) - set(WAYS):
        parser.error(f"unknown peers: {', '.join(sorted(unknown))}; there are {', '.join(WAYS)}")
    return options


def run(options: argparse.Namespace) -> dict[str, dict[str, dict[str, float | int]]]:
    """Every peer on every pool.

    Raises:
        BadLine: a file cannot be used.
    """
    found: dict[str, dict[str, dict[str, float | int]]] = {}
    for job in jobs(options):
        names = [name for name in options.peers if WAYS[name].only in ("", job.pool)]
        found[job.pool] = {name: measure(job, name, options.sample).details() for name in names}
    return found


def table(found: dict[str, dict[str, dict[str, float | int]]]) -> str:
    """The same as a Markdown table."""
    lines = [
        "| pool | peer | MAP@5 | MRR | recall@50 | queries | p50 ms | p95 ms |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for pool, peers in found.items():
        for name, s in peers.items():
            figures = [f"{s[key]:.3f}" for key in ("map5", "mrr", "recall50")]
            times = [f"{s[key]:.1f}" for key in ("p50_ms", "p95_ms")]
            lines.append(f"| {' | '.join([pool, name, *figures, str(s['n']), *times])} |")
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    options = parse()
    try:
        found = run(options)
    except BadLine as error:
        sys.exit(f"peers: {error}")
    print(json.dumps(found, indent=2) if options.json else table(found))


if __name__ == "__main__":
    main()
