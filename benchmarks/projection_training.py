"""Train the projection of the bundled model's vectors (``matching/semantic/projection.npz``).

    python -m benchmarks.projection_training --claims F --queries F [--distractors F] --cache DIR \\
        [--write]

First a whitening, from the claims of every pool and the distractors alone; each group of texts (one
pool, one language) counts alike. Then ``contrast`` trains it on the queries and their right
answers, and on headlines of claims, which say the same as the claim in other words. Says what
unrelated texts and the nearest ones have in common before and after whitening; ``--write`` replaces
the file. A matrix trained on a message finds its claim more easily: ``benchmarks.weight_fitting``
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
from benchmarks.datasets import BadLine
from benchmarks.embedding_cache import Cached
from benchmarks.metrics import fold
from benchmarks.temporary_installation import say
from matching.semantic.embedder import BundledEmbedder
from matching.semantic.projection import PROJECTION_FILE, centre_by_language
from matching.terms.index_terms import is_vietnamese
from matching.text.normalisation import clean

POWER = 0.5  # of the whitening: 0 only centres, 1 makes every direction count alike
LEAST, MOST = 1_000, 20_000  # texts of a group
SAMPLE = 1_000  # texts compared with each other
AT_ONCE = 256  # texts embedded
HEADLINES = 8_000  # of one pool, at most
Matrix = NDArray[np.float32]


def groups(jobs: Sequence[Job]) -> list[tuple[bool, list[str]]]:
    """(Vietnamese?, texts) of each group that is large enough, a sample of the largest."""
    found = []
    for job in jobs:
        texts = sorted({clean(text) for claim in job.claims for text in claim.wordings})
        for vietnamese in (False, True):
            own = [text for text in texts if is_vietnamese(text) == vietnamese]
            if len(own) >= LEAST:
                chosen = random.Random(0).sample(own, min(MOST, len(own)))  # noqa: S311 no secret
                say(f"{job.pool}, {'' if vietnamese else 'not '}Vietnamese: {len(chosen)} texts")
                found.append((vietnamese, chosen))
    return found


def whiten(vectors: Sequence[tuple[bool, Matrix]]) -> tuple[Matrix, Matrix]:
    """Return (means, matrix): the mean of other languages and of Vietnamese, and what takes half
    of the texts' common ways of varying off a vector."""
    means = []
    for wanted in (False, True):
        own = [x.mean(axis=0) for vietnamese, x in vectors if vietnamese == wanted]
        means.append(np.mean(own or [x.mean(axis=0) for _any, x in vectors], axis=0))
    common = np.mean([np.cov(x.T, bias=True) for _vietnamese, x in vectors], axis=0)
    values, directions = np.linalg.eigh(common)
    scale = (np.maximum(values, values[-1] * 1e-6) / values[-1]) ** (-POWER / 2)
    return np.array(means, dtype=np.float32), (directions * scale).astype(np.float32)


def _embedded(model: Cached, texts: Sequence[str]) -> Matrix:
    parts = (texts[at : at + AT_ONCE] for at in range(0, len(texts), AT_ONCE))
    return np.concatenate([model.queries(part) for part in parts]).astype(np.float32)


def embedded(texts: Sequence[str], model: Cached, means: Matrix) -> Matrix:
    """Return the vectors of texts as rows, without the mean of each one's language."""
    rows: Matrix = centre_by_language(texts, _embedded(model, texts), means)
    return rows


def _likeness(vectors: Matrix) -> tuple[float, float]:
    """(mean cosine of two texts, mean of each text's highest) in a sample."""
    unit = vectors[:SAMPLE] / np.linalg.norm(vectors[:SAMPLE], axis=1, keepdims=True)
    cosines = unit @ unit.T
    np.fill_diagonal(cosines, np.nan)
    return float(np.nanmean(cosines)), float(np.nanmax(cosines, axis=1).mean())


def start(jobs: Sequence[Job], model: Cached) -> tuple[Matrix, Matrix]:
    """Return (means, matrix) made from texts alone."""
    vectors = [(vietnamese, _embedded(model, texts)) for vietnamese, texts in groups(jobs)]
    means, matrix = whiten(vectors)
    for vietnamese, x in vectors:
        before, after = _likeness(x), _likeness((x - means[int(vietnamese)]) @ matrix)
        say(
            f"{len(x)} texts: cosine {before[0]:.2f}, highest {before[1]:.2f}; "
            f"spread {after[0]:.2f}, {after[1]:.2f}"
        )
    return means, matrix


def pool_of(job: Job, model: Cached, means: Matrix) -> contrastive_training.Pool:
    """Return the messages of a pool that it answers, and all its texts."""
    owned = [(claim.id, clean(text)) for claim in job.claims for text in claim.wordings]
    rows: dict[str, list[int]] = {}
    for at, (key, _text) in enumerate(owned):
        rows.setdefault(key, []).append(at)
    messages, right = [], []
    for message in job.messages:
        if own := [at for key in sorted(message.right) for at in rows.get(key, [])]:
            messages.append(clean(message.text))
            right.append(np.array(own))
    texts = [text for _key, text in owned]
    return contrastive_training.Pool(
        embedded(messages, model, means), embedded(texts, model, means), right
    )


def headlines(job: Job, model: Cached, means: Matrix) -> contrastive_training.Pool:
    """Return the headlines of a pool's claims, a sample of the largest, as messages that repeat
    them."""
    told = [claim for claim in job.claims if claim.headline]
    texts = [clean(claim.wordings[0]) for claim in told]
    chosen = random.Random(0).sample(range(len(told)), min(HEADLINES, len(told)))  # noqa: S311 no secret
    messages = [clean(told[at].headline) for at in chosen]
    return contrastive_training.Pool(
        embedded(messages, model, means),
        embedded(texts, model, means),
        [np.array([at]) for at in chosen],
    )


def without(jobs: Sequence[Job], number: int) -> list[Job]:
    """Return the jobs without the messages of a fold, all that share an answer, and the headlines
    of those answers."""
    gone = {key for job in jobs for m in job.messages if fold(m.right) == number for key in m.right}
    left = []
    for job in jobs:
        seen = [m for m in job.messages if gone.isdisjoint(m.right)]
        claims = [replace(c, headline="") if c.id in gone else c for c in job.claims]
        left.append(replace(job, messages=seen, claims=claims))
    return left


def _answered(job: Job) -> bool:
    ids = {claim.id for claim in job.claims}
    return any(not ids.isdisjoint(message.right) for message in job.messages)


def kinds(
    jobs: Sequence[Job], model: Cached, means: Matrix
) -> list[list[contrastive_training.Pool]]:
    """Return what is trained on: the messages of all pools, and their headlines."""
    answered = [pool_of(job, model, means) for job in jobs if _answered(job)]
    headed = [job for job in jobs if sum(bool(claim.headline) for claim in job.claims) >= LEAST]
    told = [headlines(job, model, means) for job in headed]
    return [kind for kind in (answered, told) if kind]


def trained(jobs: Sequence[Job], model: Cached, means: Matrix, matrix: Matrix) -> Matrix:
    """Return the matrix after training on the messages and the headlines of all pools."""
    return contrastive_training.train(matrix, kinds(jobs, model, means))


def save(path: Path, means: Matrix, matrix: Matrix) -> None:
    """Write what ``projection.Projected`` reads."""
    np.savez_compressed(path, means=means, matrix=matrix.astype(np.float16))


def given(
    name: str, arguments: Sequence[str] | None, flags: Sequence[str] = ()
) -> tuple[argparse.Namespace, list[Job], Cached]:
    """Read the options, the texts they name, and the model with what it computed before; ends the
    benchmark of this name when one of them cannot be used."""
    options = accuracy.parse(arguments, flags=flags)
    if not options.cache:
        sys.exit(f"{name}: name a folder with --cache: embedding takes long")
    try:
        jobs = accuracy.jobs(options)
    except BadLine as error:
        sys.exit(f"{name}: {error}")
    return (
        options,
        jobs,
        Cached(BundledEmbedder.name, BundledEmbedder.dimension, BundledEmbedder, options.cache),
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Whiten, train, say what it does, write."""
    options, jobs, model = given("project", arguments, ["--write"])
    means, matrix = start(jobs, model)
    matrix = trained(jobs, model, means, matrix)
    if options.write:
        save(PROJECTION_FILE, means, matrix)


if __name__ == "__main__":
    main()
