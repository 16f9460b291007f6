"""Contrastive training of the matrix of ``matching.semantic.projection``: the vector of a message
moves near those of the claims it repeats.

InfoNCE over cosines: of one right text and many wrong ones, the right one should be nearest to its
message. Negatives are texts drawn at random and those nearest by the initial matrix. Adam, a fixed
number of steps and a fixed seed: the same data give the same matrix.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

STEPS = 150
RATE = 0.001  # of Adam
TEMPERATURE = 0.08  # cosines are divided by it
BATCH = 64  # messages of each pool in one step
RANDOM_NEGATIVES = 1_000  # in one step
HARD_NEGATIVES = 60  # kept for each message ...
HARD_NEGATIVES_DRAWN = 20  # ... and drawn in one step
_DECAYS, _TINY = (0.9, 0.999), 1e-8  # Adam's usual constants
Matrix = NDArray[np.float32]
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class TrainingPool:
    """Centred vectors, one a row; ``right``: for each message the rows of the texts it repeats, at
    least one."""

    messages: Matrix
    texts: Matrix
    right: Sequence[Rows]


def normalise_rows(vectors: Matrix) -> tuple[Matrix, Matrix]:
    """Return the rows scaled to length 1, and their lengths."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True) + _TINY
    return vectors / lengths, lengths


def _hard_negatives(pool: TrainingPool, matrix: Matrix) -> Rows:
    texts = normalise_rows(pool.texts @ matrix)[0]
    asked = normalise_rows(pool.messages @ matrix)[0]
    most = min(HARD_NEGATIVES, len(texts))
    parts = (asked[start : start + BATCH] @ texts.T for start in range(0, len(asked), BATCH))
    return np.concatenate([np.argpartition(-part, most - 1)[:, :most] for part in parts])


def info_nce(
    matrix: Matrix, asked: Matrix, texts: Matrix, target: Rows, left_out: NDArray[np.bool_]
) -> tuple[float, Matrix]:
    """Return the InfoNCE loss and its gradient with respect to the matrix.

    Args:
        target: for each message vector the row of its right text.
        left_out: messages × texts: other right texts, which are not negatives.
    """
    one, long = normalise_rows(asked @ matrix)
    other, wide = normalise_rows(texts @ matrix)
    cosines = np.where(left_out, -np.inf, one @ other.T / TEMPERATURE)
    cosines -= cosines.max(axis=1, keepdims=True)
    chance = np.exp(cosines)
    sums = chance.sum(axis=1, keepdims=True)
    own = np.arange(len(asked))
    total = float((np.log(sums[:, 0]) - cosines[own, target]).mean())
    chance /= sums
    chance[own, target] -= 1
    chance /= len(asked) * TEMPERATURE
    by_one, by_other = chance @ other, chance.T @ one
    by_one = (by_one - one * (by_one * one).sum(axis=1, keepdims=True)) / long
    by_other = (by_other - other * (by_other * other).sum(axis=1, keepdims=True)) / wide
    return total, asked.T @ by_one + texts.T @ by_other


def _batch_gradient(
    pool: TrainingPool, likest: Rows, matrix: Matrix, chance: np.random.Generator
) -> Matrix:
    """Return the gradient for a batch of one pool."""
    size = min(BATCH, len(pool.messages))
    chosen = chance.choice(len(pool.messages), size, replace=False)
    right = [chance.choice(pool.right[at]) for at in chosen]
    wrong = [chance.choice(likest[at], min(HARD_NEGATIVES_DRAWN, likest.shape[1])) for at in chosen]
    anything = chance.integers(0, len(pool.texts), RANDOM_NEGATIVES)
    rows, place = np.unique(np.concatenate([right, *wrong, anything]), return_inverse=True)
    left_out = np.array([np.isin(rows, pool.right[at]) for at in chosen])
    target = place[:size]
    left_out[np.arange(size), target] = False
    return info_nce(matrix, pool.messages[chosen], pool.texts[rows], target, left_out)[1]


def train(start: Matrix, kinds: Sequence[Sequence[TrainingPool]]) -> Matrix:
    """Return the matrix after training; every kind of pool has the same weight, and within it every
    pool, whatever its size."""
    matrix = start.astype(np.float32)
    drift, force = np.zeros_like(matrix), np.zeros_like(matrix)
    likest = [[_hard_negatives(pool, matrix) for pool in kind] for kind in kinds]
    chance = np.random.default_rng(0)
    for step in range(1, STEPS + 1):
        slopes = [
            np.mean(
                [_batch_gradient(p, n, matrix, chance) for p, n in zip(kind, near, strict=True)],
                axis=0,
            )
            for kind, near in zip(kinds, likest, strict=True)
        ]
        slope = np.mean(slopes, axis=0)
        drift = _DECAYS[0] * drift + (1 - _DECAYS[0]) * slope
        force = _DECAYS[1] * force + (1 - _DECAYS[1]) * slope**2
        ahead = drift / (1 - _DECAYS[0] ** step)
        matrix = matrix - RATE * ahead / (np.sqrt(force / (1 - _DECAYS[1] ** step)) + _TINY)
    return matrix.astype(np.float32)
