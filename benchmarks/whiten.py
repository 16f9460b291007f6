"""Make ``matching/whitening.npz``: how the bundled model's vectors are spread (``whitening``).

    python -m benchmarks.whiten --claims F --queries F [--distractors F] --cache DIR [--write]

Reads the claims of every pool and the distractors, never a query: the queries only name the pools.
Each group of texts (one pool, one language) counts alike. Prints what unrelated texts and the
nearest ones have in common before and after; ``--write`` replaces the file.
"""

import argparse
import random
import sys
from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from benchmarks import accuracy
from benchmarks.claims import BadLine
from benchmarks.embedding_cache import Cached
from benchmarks.throwaway import say
from matching.embedding import Bundled
from matching.terms import is_vietnamese
from matching.whitening import FILE

POWER = 0.5  # of the whitening: 0 only centres, 1 makes every direction count alike
LEAST, MOST = 1_000, 20_000  # texts of a group
SAMPLE = 1_000  # texts compared with each other
AT_ONCE = 256  # texts embedded
Matrix = NDArray[np.float32]


def groups(jobs: Sequence[accuracy.Job]) -> list[tuple[bool, list[str]]]:
    """(Vietnamese?, texts) of each group that is large enough, a sample of the largest."""
    found = []
    for job in jobs:
        texts = sorted(set(chain.from_iterable(claim.wordings for claim in job.claims)))
        for vietnamese in (False, True):
            own = [text for text in texts if is_vietnamese(text) == vietnamese]
            if len(own) >= LEAST:
                chosen = random.Random(0).sample(own, min(MOST, len(own)))  # noqa: S311 no secret
                say(f"{job.pool}, {'' if vietnamese else 'not '}Vietnamese: {len(chosen)} texts")
                found.append((vietnamese, chosen))
    return found


def fit(vectors: Sequence[tuple[bool, Matrix]]) -> tuple[Matrix, Matrix]:
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


def _likeness(vectors: Matrix) -> tuple[float, float]:
    """(mean cosine of two texts, mean of each text's highest) in a sample."""
    unit = vectors[:SAMPLE] / np.linalg.norm(vectors[:SAMPLE], axis=1, keepdims=True)
    cosines = unit @ unit.T
    np.fill_diagonal(cosines, np.nan)
    return float(np.nanmean(cosines)), float(np.nanmax(cosines, axis=1).mean())


def main(arguments: Sequence[str] | None = None) -> None:
    """Embed, fit, say what it does, write."""
    options: argparse.Namespace = accuracy.parse(arguments, flags=["--write"])
    if not options.cache:
        sys.exit("whiten: name a folder with --cache: embedding takes long")
    try:
        chosen = groups(accuracy.jobs(options))
    except BadLine as error:
        sys.exit(f"whiten: {error}")
    model = Cached(Bundled.name, Bundled.dimension, Bundled, options.cache)
    vectors = [(vietnamese, _embedded(model, texts)) for vietnamese, texts in chosen]
    means, matrix = fit(vectors)
    for vietnamese, x in vectors:
        before, after = _likeness(x), _likeness((x - means[int(vietnamese)]) @ matrix)
        print(f"{len(x)} texts: cosine {before[0]:.2f}, highest {before[1]:.2f}; ", end="")
        print(f"spread {after[0]:.2f}, {after[1]:.2f}")
    if options.write:
        np.savez_compressed(FILE, means=means, matrix=matrix.astype(np.float16))


if __name__ == "__main__":
    main()
