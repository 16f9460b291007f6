"""Learning curve: MAP@5 of the projection by the share of the texts it was trained on.

    python -m benchmarks.learning_curve --claims F --queries F [--distractors F] --cache DIR

Trains as ``benchmarks.projection_training`` does, on a share of the messages and headlines: each
fifth of the messages is left out in turn and then searched for. The model alone, without words:
wordings by the mean of the whole message's cosine and its best part's. Prints
``{pool: {share: {"map5", "mrr", "recall50", "n"}}}``; share 0 is the whitening alone.
"""

import json
import random
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from benchmarks import contrastive_training, projection_training
from benchmarks.accuracy import Job
from benchmarks.embedding_cache import CachedEmbedder
from benchmarks.metrics import DEPTH, FOLDS, MAX_QUERIES, Scores, fold_of
from benchmarks.temporary_installation import log_progress
from matching.semantic.segmentation import split_segments
from matching.text.normalisation import clean

SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
_NEAREST = 4 * DEPTH  # wordings, since a claim has several
Matrix = NDArray[np.float32]


def sample_messages(
    pool: contrastive_training.TrainingPool, share: float
) -> contrastive_training.TrainingPool:
    """Return the pool with a share of its messages, one at least, and all its texts."""
    most = len(pool.messages)
    chosen = sorted(random.Random(0).sample(range(most), max(1, round(share * most))))  # noqa: S311 no secret
    return replace(
        pool, messages=pool.messages[chosen], right=[pool.right[index] for index in chosen]
    )


class _EmbeddedPool:
    """A pool's wordings and messages as vectors."""

    def __init__(self, job: Job, model: CachedEmbedder, means: Matrix) -> None:
        owned = [(claim.id, clean(text)) for claim in job.claims for text in claim.wordings]
        self.owners = [key for key, _text in owned]
        self.ids = set(self.owners)
        self.texts = projection_training.embed_centred([text for _key, text in owned], model, means)
        self.messages = job.messages[:: -(-len(job.messages) // MAX_QUERIES)]
        self.vectors: list[Matrix] = [
            projection_training.embed_centred([text, *split_segments(text)], model, means)
            for text in (clean(message.text) for message in self.messages)
        ]

    def score(self, matrix: Matrix, number: int, scores: Scores) -> None:
        """Score the messages of a fold."""
        texts, _lengths = contrastive_training.normalise_rows(self.texts @ matrix)
        for message, vectors in zip(self.messages, self.vectors, strict=True):
            if fold_of(message.right) != number:
                continue
            cosines = texts @ contrastive_training.normalise_rows(vectors @ matrix)[0].T
            similarity = (cosines[:, 0] + cosines.max(axis=1)) / 2
            nearest = np.argpartition(-similarity, min(_NEAREST, len(texts) - 1))[:_NEAREST]
            best = nearest[np.argsort(-similarity[nearest])]
            keys = list(dict.fromkeys(self.owners[index] for index in best))
            scores.add(keys, message.right, self.ids, 0)


def measure(
    jobs: Sequence[Job], model: CachedEmbedder
) -> dict[str, dict[str, dict[str, float | int]]]:
    """Return pool → share → scores."""
    means, start = projection_training.initial_projection(jobs, model)
    embedded = {job.pool: _EmbeddedPool(job, model, means) for job in jobs}
    scores = {(pool, share): Scores() for pool in embedded for share in SHARES}
    for number in range(FOLDS):
        kinds = projection_training.training_pools(
            projection_training.leave_out_fold(jobs, number), model, means
        )
        for share in SHARES:
            sampled = [[sample_messages(pool, share) for pool in kind] for kind in kinds]
            matrix = contrastive_training.train(start, sampled) if share else start
            for pool, each in embedded.items():
                each.score(matrix, number, scores[pool, share])
            log_progress(f"part {number + 1} of {FOLDS}, {share:.0%}")
    figures = ("map5", "mrr", "recall50", "n")
    results: dict[str, dict[str, dict[str, float | int]]] = {pool: {} for pool in embedded}
    for (pool, share), counted in scores.items():
        summary = counted.summary()
        results[pool][str(share)] = {name: summary[name] for name in figures}
    return results


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, score, print."""
    _options, jobs, model = projection_training.read_inputs("curve", arguments)
    print(json.dumps(measure(jobs, model), indent=1))


if __name__ == "__main__":
    main()
