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
    messages = normalise_rows(pool.messages @ matrix)[0]
    most = min(HARD_NEGATIVES, len(texts))
    batches = (
        messages[start : start + BATCH] @ texts.T for start in range(0, len(messages), BATCH)
    )
    return np.concatenate([np.argpartition(-batch, most - 1)[:, :most] for batch in batches])


def info_nce(
    matrix: Matrix, messages: Matrix, texts: Matrix, target: Rows, left_out: NDArray[np.bool_]
) -> tuple[float, Matrix]:
    """Return the InfoNCE loss and its gradient with respect to the matrix.

    Args:
        target: for each message vector the row of its right text.
        left_out: messages × texts: other right texts, which are not negatives.
    """
    message_units, message_lengths = normalise_rows(messages @ matrix)
    text_units, text_lengths = normalise_rows(texts @ matrix)
    cosines = np.where(left_out, -np.inf, message_units @ text_units.T / TEMPERATURE)
    cosines -= cosines.max(axis=1, keepdims=True)
    probabilities = np.exp(cosines)
    sums = probabilities.sum(axis=1, keepdims=True)
    rows = np.arange(len(messages))
    total = float((np.log(sums[:, 0]) - cosines[rows, target]).mean())
    probabilities /= sums
    probabilities[rows, target] -= 1
    probabilities /= len(messages) * TEMPERATURE
    message_gradient, text_gradient = probabilities @ text_units, probabilities.T @ message_units
    message_gradient = (
        message_gradient
        - message_units * (message_gradient * message_units).sum(axis=1, keepdims=True)
    ) / message_lengths
    text_gradient = (
        text_gradient - text_units * (text_gradient * text_units).sum(axis=1, keepdims=True)
    ) / text_lengths
    return total, messages.T @ message_gradient + texts.T @ text_gradient


def _batch_gradient(
    pool: TrainingPool, negatives: Rows, matrix: Matrix, generator: np.random.Generator
) -> Matrix:
    """Return the gradient for a batch of one pool."""
    size = min(BATCH, len(pool.messages))
    chosen = generator.choice(len(pool.messages), size, replace=False)
    right = [generator.choice(pool.right[index]) for index in chosen]
    wrong = [
        generator.choice(negatives[index], min(HARD_NEGATIVES_DRAWN, negatives.shape[1]))
        for index in chosen
    ]
    random_rows = generator.integers(0, len(pool.texts), RANDOM_NEGATIVES)
    rows, place = np.unique(np.concatenate([right, *wrong, random_rows]), return_inverse=True)
    left_out = np.array([np.isin(rows, pool.right[index]) for index in chosen])
    target = place[:size]
    left_out[np.arange(size), target] = False
    return info_nce(matrix, pool.messages[chosen], pool.texts[rows], target, left_out)[1]


def train(start: Matrix, kinds: Sequence[Sequence[TrainingPool]]) -> Matrix:
    """Return the matrix after training; every kind of pool has the same weight, and within it every
    pool, whatever its size."""
    matrix = start.astype(np.float32)
    momentum, second_moment = np.zeros_like(matrix), np.zeros_like(matrix)
    negatives = [[_hard_negatives(pool, matrix) for pool in kind] for kind in kinds]
    generator = np.random.default_rng(0)
    for step in range(1, STEPS + 1):
        gradients = [
            np.mean(
                [_batch_gradient(p, n, matrix, generator) for p, n in zip(kind, near, strict=True)],
                axis=0,
            )
            for kind, near in zip(kinds, negatives, strict=True)
        ]
        gradient = np.mean(gradients, axis=0)
        momentum = _DECAYS[0] * momentum + (1 - _DECAYS[0]) * gradient
        second_moment = _DECAYS[1] * second_moment + (1 - _DECAYS[1]) * gradient**2
        corrected = momentum / (1 - _DECAYS[0] ** step)
        matrix = matrix - RATE * corrected / (
            np.sqrt(second_moment / (1 - _DECAYS[1] ** step)) + _TINY
        )
    return matrix.astype(np.float32)
