"""Does a real Vietnamese message find the fact-check it repeats, among thousands of others?

    python -m benchmarks.matching_search --data DIR [--distractors 51384]

DIR holds bench/claims.jsonl.gz, bench/queries_dev.jsonl and bench/vi_social.jsonl.gz; the data
are not part of the project. Documents: claims in Vietnamese, plus social comments as
distractors. The peer is ``token_set_ratio`` over every document. One run, one table; times are
ratios to the peer.
"""

import argparse
import gzip
import heapq
import json
import math
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from matching.engine import Candidate, Query, rank
from matching.normalise import fingerprint, terms
from matching.policy import SUGGEST_FROM, Action, decide

DEPTH = 50  # candidates taken from the index
STRANGERS = 1_000  # unrelated comments shown to the policy
_K1, _B = 1.2, 0.75  # BM25's usual constants


class Index:
    """An inverted index in memory over ``terms``, weighted as BM25 does."""

    def __init__(self, texts: list[str]) -> None:
        self.postings: dict[str, list[int]] = defaultdict(list)
        self.lengths: list[int] = []
        for number, text in enumerate(texts):
            found = terms(text)
            self.lengths.append(len(found))
            for term in found:
                self.postings[term].append(number)
        self.mean = sum(self.lengths) / max(1, len(texts))

    def search(self, text: str, rarest: int = 0, mean: float = 0.0, b: float = _B) -> list[int]:
        """Return the numbers of the best documents, best first.

        Args:
            rarest: look up only so many of the text's terms (0: all), as a database would.
            mean: terms of a usual document (0: measured).
            b: how much longer documents are held back, 0 to 1.
        """
        scores: dict[int, float] = defaultdict(float)
        known = [term for term in terms(text) if term in self.postings]
        known.sort(key=lambda term: len(self.postings[term]))
        for term in known[: rarest or None]:
            holders = self.postings[term]
            idf = math.log(1 + (len(self.lengths) - len(holders) + 0.5) / (len(holders) + 0.5))
            for number in holders:
                long = _K1 * (1 - b + b * self.lengths[number] / (mean or self.mean))
                scores[number] += idf * (_K1 + 1) / (1 + long)
        return heapq.nlargest(DEPTH, scores, key=lambda number: scores[number])


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Read JSON lines, gzipped or not."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in raw.decode().split("\n") if line]


def quality(found: list[list[str]], queries: list[dict[str, Any]]) -> tuple[float, float, float]:
    """Return MRR, the share with a right one in the top 5, and recall@50 of the relevant ones."""
    mrr = top5 = recall = 0.0
    for ids, query in zip(found, queries, strict=True):
        right = {*query["relevant"], *query.get("also_relevant", [])}
        places = [place for place, key in enumerate(ids, 1) if key in right]
        mrr += 1 / places[0] if places else 0
        top5 += bool(places) and places[0] <= 5
        recall += len({*query["relevant"]} & {*ids[:DEPTH]}) / len(query["relevant"])
    return mrr / len(queries), top5 / len(queries), recall / len(queries)


class Pool:
    """The documents and three ways to search them; every way returns document numbers."""

    def __init__(self, claims: list[dict[str, Any]], social: list[dict[str, Any]]) -> None:
        rows = claims + social
        self.texts = [row["text"] for row in rows]
        self.ids = [row["id"] for row in rows]
        self.claims = len(claims)
        self.lowered = [text.lower() for text in self.texts]
        self.index = Index(self.texts)
        # As in the product, where a report's fingerprint is stored with it.
        self.prints = [fingerprint(text) for text in self.texts]

    def candidates(self, text: str) -> list[Candidate]:
        """Return what the index finds, ready for ``rank``."""
        found = self.index.search(text)
        return [Candidate(n, self.texts[n], fingerprint=self.prints[n]) for n in found]

    def by_peer(self, text: str) -> list[int]:
        """Search by a full scan with plain rapidfuzz."""
        scorer = fuzz.token_set_ratio
        hits = process.extract(text.lower(), self.lowered, scorer=scorer, limit=DEPTH)
        return [hit[2] for hit in hits]

    def by_rank(self, text: str) -> list[int]:
        """Search by the index and order by ``rank``."""
        return [ranked.key for ranked in rank(Query(text), self.candidates(text))]


def print_table(pool: Pool, queries: list[dict[str, Any]]) -> None:
    """Measure the ways; the first is the peer."""
    ways: list[tuple[str, Callable[[str], list[int]]]] = [
        ("`token_set_ratio` over everything", pool.by_peer),
        ("index of `terms`", pool.index.search),
        ("the same, 48 rarest, mean 20", partial(pool.index.search, rarest=48, mean=20)),
        ("the same, 24 rarest, any length", partial(pool.index.search, rarest=24, b=0)),
        ("index of `terms`, then `rank`", pool.by_rank),
    ]
    base = 0.0
    print("| way | MRR | found in top 5 | recall@50 | time, ratio to the first |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, way in ways:
        start = time.perf_counter()
        found = [[pool.ids[n] for n in way(query["text"])] for query in queries]
        took = time.perf_counter() - start
        base = base or took
        numbers = " | ".join(f"{value:.2f}" for value in quality(found, queries))
        print(f"| {name} | {numbers} | {took / base:.3f} |")


def print_decisions(pool: Pool, queries: list[dict[str, Any]]) -> None:
    """Count what the policy would show: for the queries, and for unrelated comments."""
    shown = right = noise = 0
    for query in queries:
        decision = decide(rank(Query(query["text"]), pool.candidates(query["text"])))
        relevant = {*query["relevant"], *query.get("also_relevant", [])}
        shown += decision.action is Action.SUGGEST
        right += any(pool.ids[r.key] in relevant for r in decision.suggestions)
    strangers = pool.texts[pool.claims :: max(1, (len(pool.texts) - pool.claims) // STRANGERS)]
    for text in strangers:
        claims = [c for c in pool.candidates(text) if c.key < pool.claims]
        noise += decide(rank(Query(text), claims)).action is not Action.NEW
    print(f"\n{shown} queries got suggestions, {right} with a right one (from {SUGGEST_FROM});")
    print(f"{noise} of {len(strangers)} unrelated comments got one.")


def main() -> None:
    """Build, search, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--distractors", type=int, default=1_000_000)
    options = parser.parse_args()
    bench = options.data / "bench"
    claims = [row for row in read_lines(bench / "claims.jsonl.gz") if row["lang"] == "vi"]
    social = read_lines(bench / "vi_social.jsonl.gz")[: options.distractors]
    rows = read_lines(bench / "queries_dev.jsonl")
    queries = [row for row in rows if row["pool"] == "viweb"]
    print(f"{len(queries)} queries, {len(claims)} claims, {len(social)} distractors\n")
    pool = Pool(claims, social)
    print_table(pool, queries)
    print_decisions(pool, queries)


if __name__ == "__main__":
    main()
