"""What the thresholds of ``matching.scoring.policy`` let through, right and wrong.

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
from benchmarks.datasets import VIETNAMESE, BadLine, Claim
from matching.scoring import policy
from matching.scoring.ranking import RankedCandidate

QUESTIONS = Path(__file__).with_name("questions_en.json")
THRESHOLDS = (0.03, policy.PROBABLE_FROM, 0.15)
HELD = 5_000  # distractors in the archive
ASKED = 400  # texts without an answer, of either language
Asked = tuple[str, frozenset[str]]  # a text, the ids of its right answers


@dataclass
class Tally:
    """Texts asked, those with a right suggestion, with the right one first, with any at all, and
    how many suggestions there were."""

    n: int = 0
    right: int = 0
    first: int = 0
    some: int = 0
    suggestions: int = 0

    def add(self, found: Sequence[str], right: Collection[str]) -> None:
        """Count a text; ``found``: the claims suggested, or the one it is linked to."""
        self.n += 1
        self.right += any(key in right for key in found)
        self.first += bool(found) and found[0] in right
        self.some += bool(found)
        self.suggestions += len(found)


def suggested(ranked: Sequence[RankedCandidate], least: float) -> list[int]:
    """The cases a person would see, with another threshold of probability than the product's."""
    usual, policy.PROBABLE_FROM = policy.PROBABLE_FROM, least
    try:
        decision = policy.decide(ranked)
    finally:
        policy.PROBABLE_FROM = usual
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
        "unrelated": _sample([claim.wordings[0] for claim in distractors[HELD:]]),
        "english": questions,
        "english_unrelated": _sample(others),
    }


def measure(job: Job, others: Sequence[str]) -> dict[str, dict[str, Tally]]:
    """Fill the archive and ask: way and threshold → kind of text → what was counted.

    ``others``: English messages without an answer in it.
    """
    distractors = [claim for claim in job.claims if not claim.lang]
    held = [claim for claim in job.claims if claim.lang] + distractors[:HELD]
    held += [Claim(row["claim"], (row["claim"],), "vi") for row in _questions()]
    kinds = _kinds(job, distractors, others)
    found: dict[str, dict[str, Tally]] = {}
    with temporary_installation.installation(job.database, {"EMBEDDER": "bundled"}):
        from benchmarks import product_search  # noqa: PLC0415 (models can be imported only now)

        names = product_search.fill(held)
        product_search.embed(job.cache)
        for way in ("words", "meaning"):
            for kind, asked in kinds.items():
                tallies = {least: Tally() for least in THRESHOLDS}
                for text, right in asked:
                    ranked = product_search.ranked(text, way == "meaning")
                    for least, tally in tallies.items():
                        tally.add([names[case] for case in suggested(ranked, least)], right)
                for least, tally in tallies.items():
                    found.setdefault(f"{way}, from {least}", {})[kind] = tally
                temporary_installation.say(f"{way}: {kind}")
    return found


def main() -> None:
    """Measure and print."""
    options = accuracy.parse()
    options.limit_distractors = HELD + 5 * ASKED
    options.semantic = True
    try:
        jobs = {job.pool: job for job in accuracy.jobs(options)}
    except BadLine as error:
        sys.exit(f"suggestions: {error}")
    if VIETNAMESE not in jobs:
        sys.exit(f"suggestions: the queries have none of the pool {VIETNAMESE}")
    others = [m.text for name, job in jobs.items() if name != VIETNAMESE for m in job.messages]
    found = measure(jobs[VIETNAMESE], others)
    print(json.dumps(found, default=asdict, indent=1))


if __name__ == "__main__":
    main()
