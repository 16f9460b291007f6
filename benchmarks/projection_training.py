"""Train the projection of the bundled model's vectors (``matching/semantic/projection.npz``).

    python -m benchmarks.projection_training --claims F --queries F [--distractors F] --cache DIR \\
        [--write]

First a whitening, from the claims of every pool and the distractors alone; each group of texts (one
pool, one language) has the same weight. Then ``contrastive_training`` trains it on the queries and
their right answers, and on headlines of claims, which are the claim in other words. Reports the
cosines of unrelated texts and of nearest ones before and after whitening; ``--write`` replaces the
file. A matrix trained on a message finds its claim more easily: ``benchmarks.weight_fitting``
measures matrices that never saw the message.
"""

import argparse
import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import accuracy, contrastive_training
from benchmarks.accuracy import Job
from benchmarks.datasets import InvalidFileError
from benchmarks.embedding_cache import CachedEmbedder
from benchmarks.metrics import fold_of
from benchmarks.temporary_installation import log_progress
from matching.semantic.embedder import BundledEmbedder
from matching.semantic.projection import PROJECTION_FILE, centre_by_language
from matching.terms.index_terms import is_vietnamese
from matching.text.normalisation import clean

POWER = 0.5  # of the whitening: 0 only centres, 1 gives every direction the same variance
LEAST, MOST = 1_000, 20_000  # texts of a group
SAMPLE = 1_000  # texts compared with each other
BATCH = 256  # texts embedded
HEADLINES = 8_000  # of one pool, at most
Matrix = NDArray[np.float32]


def text_groups(jobs: Sequence[Job]) -> list[tuple[bool, list[str]]]:
    """Return (Vietnamese?, texts) of each group that is large enough; of the largest a sample."""
    result = []
    for job in jobs:
        texts = sorted({clean(text) for claim in job.claims for text in claim.wordings})
        for vietnamese in (False, True):
            texts_of_language = [text for text in texts if is_vietnamese(text) == vietnamese]
            if len(texts_of_language) >= LEAST:
                size = min(MOST, len(texts_of_language))
                chosen = random.Random(0).sample(texts_of_language, size)  # noqa: S311 no secret
                log_progress(
                    f"{job.pool}, {'' if vietnamese else 'not '}Vietnamese: {len(chosen)} texts"
                )
                result.append((vietnamese, chosen))
    return result


def whiten(vectors: Sequence[tuple[bool, Matrix]]) -> tuple[Matrix, Matrix]:
    """Return (means, matrix): the means of other languages and of Vietnamese, and the whitening
    matrix with exponent POWER."""
    means = []
    for wanted in (False, True):
        means_of_language = [x.mean(axis=0) for vietnamese, x in vectors if vietnamese == wanted]
        means.append(np.mean(means_of_language or [x.mean(axis=0) for _any, x in vectors], axis=0))
    common = np.mean([np.cov(x.T, bias=True) for _vietnamese, x in vectors], axis=0)
    values, directions = np.linalg.eigh(common)
    scale = (np.maximum(values, values[-1] * 1e-6) / values[-1]) ** (-POWER / 2)
    return np.array(means, dtype=np.float32), (directions * scale).astype(np.float32)


def _embed(model: CachedEmbedder, texts: Sequence[str]) -> Matrix:
    batches = (texts[start : start + BATCH] for start in range(0, len(texts), BATCH))
    return np.concatenate([model.queries(batch) for batch in batches]).astype(np.float32)


def embed_centred(texts: Sequence[str], model: CachedEmbedder, means: Matrix) -> Matrix:
    """Return the vectors of texts as rows, each minus the mean of its language."""
    rows: Matrix = centre_by_language(texts, _embed(model, texts), means)
    return rows


def _mean_and_highest_cosine(vectors: Matrix) -> tuple[float, float]:
    """Return (mean cosine of two texts, mean of each text's highest cosine) in a sample."""
    unit = vectors[:SAMPLE] / np.linalg.norm(vectors[:SAMPLE], axis=1, keepdims=True)
    cosines = unit @ unit.T
    np.fill_diagonal(cosines, np.nan)
    return float(np.nanmean(cosines)), float(np.nanmax(cosines, axis=1).mean())


def initial_projection(jobs: Sequence[Job], model: CachedEmbedder) -> tuple[Matrix, Matrix]:
    """Return (means, whitening matrix) from the texts alone."""
    vectors = [(vietnamese, _embed(model, texts)) for vietnamese, texts in text_groups(jobs)]
    means, matrix = whiten(vectors)
    for vietnamese, x in vectors:
        before, after = (
            _mean_and_highest_cosine(x),
            _mean_and_highest_cosine((x - means[int(vietnamese)]) @ matrix),
        )
        log_progress(
            f"{len(x)} texts: cosine {before[0]:.2f}, highest {before[1]:.2f}; "
            f"spread {after[0]:.2f}, {after[1]:.2f}"
        )
    return means, matrix


def training_pool(
    job: Job, model: CachedEmbedder, means: Matrix
) -> contrastive_training.TrainingPool:
    """Return the messages with an answer in the pool, and all its texts."""
    owned = [(claim.id, clean(text)) for claim in job.claims for text in claim.wordings]
    rows: dict[str, list[int]] = {}
    for row, (key, _text) in enumerate(owned):
        rows.setdefault(key, []).append(row)
    messages, right = [], []
    for message in job.messages:
        if answers := [row for key in sorted(message.right) for row in rows.get(key, [])]:
            messages.append(clean(message.text))
            right.append(np.array(answers))
    texts = [text for _key, text in owned]
    return contrastive_training.TrainingPool(
        embed_centred(messages, model, means), embed_centred(texts, model, means), right
    )


def headline_pool(
    job: Job, model: CachedEmbedder, means: Matrix
) -> contrastive_training.TrainingPool:
    """Return the headlines of a pool's claims, a sample of the largest, as messages that repeat
    them."""
    with_headline = [claim for claim in job.claims if claim.headline]
    texts = [clean(claim.wordings[0]) for claim in with_headline]
    chosen = random.Random(0).sample(range(len(with_headline)), min(HEADLINES, len(with_headline)))  # noqa: S311 no secret
    messages = [clean(with_headline[index].headline) for index in chosen]
    return contrastive_training.TrainingPool(
        embed_centred(messages, model, means),
        embed_centred(texts, model, means),
        [np.array([index]) for index in chosen],
    )


def leave_out_fold(jobs: Sequence[Job], number: int) -> list[Job]:
    """Return the jobs without the messages of a fold, all that share an answer, and the headlines
    of those answers."""
    removed = {
        key for job in jobs for m in job.messages if fold_of(m.right) == number for key in m.right
    }
    left = []
    for job in jobs:
        seen = [m for m in job.messages if removed.isdisjoint(m.right)]
        claims = [replace(c, headline="") if c.id in removed else c for c in job.claims]
        left.append(replace(job, messages=seen, claims=claims))
    return left


def _has_answers(job: Job) -> bool:
    ids = {claim.id for claim in job.claims}
    return any(not ids.isdisjoint(message.right) for message in job.messages)


def training_pools(
    jobs: Sequence[Job], model: CachedEmbedder, means: Matrix
) -> list[list[contrastive_training.TrainingPool]]:
    """Return the training data: the messages of all pools, and their headlines."""
    answered = [training_pool(job, model, means) for job in jobs if _has_answers(job)]
    headed = [job for job in jobs if sum(bool(claim.headline) for claim in job.claims) >= LEAST]
    headline_pools = [headline_pool(job, model, means) for job in headed]
    return [kind for kind in (answered, headline_pools) if kind]


def train_on_pools(
    jobs: Sequence[Job], model: CachedEmbedder, means: Matrix, matrix: Matrix
) -> Matrix:
    """Return the matrix after training on the messages and the headlines of all pools."""
    return contrastive_training.train(matrix, training_pools(jobs, model, means))


def save(path: Path, means: Matrix, matrix: Matrix) -> None:
    """Write the file that ``projection.ProjectedEmbedder`` reads."""
    np.savez_compressed(path, means=means, matrix=matrix.astype(np.float16))


def read_inputs(
    name: str, arguments: Sequence[str] | None, flags: Sequence[str] = ()
) -> tuple[argparse.Namespace, list[Job], CachedEmbedder]:
    """Return the options, the jobs they select, and the model with its cache. Exits with a message
    that starts with the benchmark's name if one of them cannot be used."""
    options = accuracy.parse_options(arguments, flags=flags)
    if not options.cache:
        sys.exit(f"{name}: name a folder with --cache: embedding takes long")
    try:
        jobs = accuracy.read_jobs(options)
    except InvalidFileError as error:
        sys.exit(f"{name}: {error}")
    return (
        options,
        jobs,
        CachedEmbedder(
            BundledEmbedder.name, BundledEmbedder.dimension, BundledEmbedder, options.cache
        ),
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Whiten, train, report, write."""
    options, jobs, model = read_inputs("project", arguments, ["--write"])
    means, matrix = initial_projection(jobs, model)
    matrix = train_on_pools(jobs, model, means, matrix)
    if options.write:
        save(PROJECTION_FILE, means, matrix)


if __name__ == "__main__":
    main()
