"""Contrastive training: the gradient matches the loss, and toy data are learnt."""

import numpy as np
import pytest

from benchmarks import contrastive_training
from benchmarks.contrastive_training import TrainingPool, info_nce, train

CHANCE = np.random.default_rng(1)


def _random(rows: int, columns: int = 6) -> contrastive_training.Matrix:
    return CHANCE.normal(size=(rows, columns)).astype(np.float32)


def test_gradient_matches_the_loss() -> None:
    matrix, messages, texts = (_random(n).astype(np.float64) for n in (6, 4, 9))
    target = np.array([2, 0, 5, 5])
    left_out = np.zeros((4, 9), dtype=bool)
    left_out[0, 7] = left_out[2, 1] = True
    _total, gradient = info_nce(matrix, messages, texts, target, left_out)  # type: ignore[arg-type]
    for row, column in ((0, 0), (3, 2), (5, 5)):
        nudge = np.zeros_like(matrix)
        nudge[row, column] = 1e-6
        up, down = (
            info_nce(matrix + sign * nudge, messages, texts, target, left_out)[0]  # type: ignore[arg-type]
            for sign in (1, -1)
        )
        assert gradient[row, column] == pytest.approx((up - down) / 2e-6, rel=1e-3, abs=1e-6)


def test_another_right_text_is_not_a_negative() -> None:
    matrix, asked = np.eye(6, dtype=np.float32), _random(1)
    texts = np.concatenate([asked, asked, _random(3)])
    target, none = np.array([0]), np.zeros((1, 5), dtype=bool)
    twin = none.copy()
    twin[0, 1] = True
    assert info_nce(matrix, asked, texts, target, none)[0] == pytest.approx(np.log(2), abs=0.1)
    assert info_nce(matrix, asked, texts, target, twin)[0] < 0.1


def test_training_moves_messages_near_their_texts() -> None:
    """Two of eight numbers identify the claim, the others are noise: training finds which."""
    claims = _random(40, 2)
    noise = 3 * _random(80, 6)
    texts = np.concatenate([claims, noise[:40]], axis=1)
    messages = np.concatenate([claims, noise[40:]], axis=1)
    pool = TrainingPool(messages[:30], texts, [np.array([index]) for index in range(30)])
    start = np.eye(8, dtype=np.float32) * 0.1
    assert _first(messages[30:], texts, start) < 0.3
    after = train(start, [[pool]])
    assert _first(messages[30:], texts, after) > _first(messages[30:], texts, start)
    assert np.array_equal(after, train(start, [[pool]]))  # the same data, the same matrix


def _first(
    messages: contrastive_training.Matrix,
    texts: contrastive_training.Matrix,
    matrix: contrastive_training.Matrix,
) -> float:
    """Mean reciprocal rank of the last ten texts, each searched for by its message."""
    one, other = messages @ matrix, texts @ matrix
    one /= np.linalg.norm(one, axis=1, keepdims=True)
    other /= np.linalg.norm(other, axis=1, keepdims=True)
    cosines = one @ other.T
    places = [int((row > row[30 + index]).sum()) for index, row in enumerate(cosines)]
    return float(np.mean([1 / (1 + place) for place in places]))
