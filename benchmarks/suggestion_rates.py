"""Suggestion rates: right and wrong suggestions by the thresholds of ``matching.scoring.policy``.

    python -m benchmarks.suggestion_rates --claims F --queries F --distractors F [--cache DIR]

Searched among the claims in Vietnamese and some distractors, through
``factcheck.domain.index.wordings`` and ``matching.scoring.policy``, by words and with meaning: the
pool's messages; distractors that the archive does not contain; the questions of
``questions_en.json`` (made for this, in English, each on a claim in Vietnamese that is put into the
archive); and the other pools' messages, to which nothing there is
an answer. Prints JSON: way and threshold of probability → kind of text → ``Tally``.
"""

import json
import random
import sys
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks import accuracy, temporary_installation
from benchmarks.accuracy import Job
from benchmarks.datasets import VIETNAMESE, Claim, InvalidFileError
from matching.scoring import policy
from matching.scoring.ranking import RankedCandidate

QUESTIONS = Path(__file__).with_name("questions_en.json")
THRESHOLDS = (0.03, policy.MIN_PROBABILITY, 0.15)
INDEXED_DISTRACTORS = 5_000  # distractors in the archive
ASKED = 400  # texts without an answer, of each language
Asked = tuple[str, frozenset[str]]  # a text, the ids of its right answers


@dataclass
class Tally:
    """Counts of texts: all, with a right suggestion, with a right one first, with any at all; and
    the number of suggestions."""

    n: int = 0
    right: int = 0
    first: int = 0
    some: int = 0
    suggestions: int = 0

    def add(self, keys: Sequence[str], right: Collection[str]) -> None:
        """Count a text; ``keys``: the claims suggested, or the one it is linked to."""
        self.n += 1
        self.right += any(key in right for key in keys)
        self.first += bool(keys) and keys[0] in right
        self.some += bool(keys)
        self.suggestions += len(keys)


def suggested_keys(ranked: Sequence[RankedCandidate], least: float) -> list[int]:
    """Return the cases shown to a person with another probability threshold than the product's."""
    usual, policy.MIN_PROBABILITY = policy.MIN_PROBABILITY, least
    try:
        decision = policy.decide(ranked)
    finally:
        policy.MIN_PROBABILITY = usual
    if decision.target is not None:
        return [decision.target]
    return [one.key for one in decision.suggestions]


def _questions() -> list[dict[str, str]]:
    rows: list[dict[str, str]] = json.loads(QUESTIONS.read_text(encoding="utf-8"))
    return rows


def _sample(rows: Sequence[str]) -> list[Asked]:
    chance = random.Random(3)  # noqa: S311 the same texts in every run
    return [(text, frozenset()) for text in chance.sample(rows, min(ASKED, len(rows)))]


def _kinds(job: Job, distractors: Sequence[Claim], others: Sequence[str]) -> dict[str, list[Asked]]:
    questions = [(row["text"], frozenset([row["claim"]])) for row in _questions()]
    return {
        "messages": [(message.text, message.right) for message in job.messages],
        "unrelated": _sample([claim.wordings[0] for claim in distractors[INDEXED_DISTRACTORS:]]),
        "english": questions,
        "english_unrelated": _sample(others),
    }


def measure(job: Job, others: Sequence[str]) -> dict[str, dict[str, Tally]]:
    """Return way and threshold → kind of text → tally.

    ``others``: English messages without an answer in the archive.
    """
    distractors = [claim for claim in job.claims if not claim.lang]
    archive = [claim for claim in job.claims if claim.lang] + distractors[:INDEXED_DISTRACTORS]
    archive += [Claim(row["claim"], (row["claim"],), "vi") for row in _questions()]
    kinds = _kinds(job, distractors, others)
    results: dict[str, dict[str, Tally]] = {}
    with temporary_installation.installation(job.database, {"EMBEDDER": "bundled"}):
        from benchmarks import product_search  # noqa: PLC0415 (models can be imported only now)

        names = product_search.index_claims(archive)
        product_search.embed_wordings(job.cache)
        for way in ("words", "meaning"):
            for kind, texts in kinds.items():
                tallies = {least: Tally() for least in THRESHOLDS}
                for text, right in texts:
                    ranked = product_search.rank_candidates(text, way == "meaning")
                    for least, tally in tallies.items():
                        tally.add([names[case] for case in suggested_keys(ranked, least)], right)
                for least, tally in tallies.items():
                    results.setdefault(f"{way}, from {least}", {})[kind] = tally
                temporary_installation.log_progress(f"{way}: {kind}")
    return results


def main() -> None:
    """Measure and print."""
    options = accuracy.parse_options()
    options.limit_distractors = INDEXED_DISTRACTORS + 5 * ASKED
    options.semantic = True
    try:
        jobs = {job.pool: job for job in accuracy.read_jobs(options)}
    except InvalidFileError as error:
        sys.exit(f"suggestions: {error}")
    if VIETNAMESE not in jobs:
        sys.exit(f"suggestions: the queries have none of the pool {VIETNAMESE}")
    others = [m.text for name, job in jobs.items() if name != VIETNAMESE for m in job.messages]
    results = measure(jobs[VIETNAMESE], others)
    print(json.dumps(results, default=asdict, indent=1))


if __name__ == "__main__":
    main()
