"""Learning curve: trained on a share of the texts, scored only on messages left out of training."""

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
import pytest

from benchmarks import contrastive_training, learning_curve, projection_training
from benchmarks.accuracy import Job
from benchmarks.datasets import Claim, Message
from benchmarks.metrics import FOLDS, fold_of
from tests.benchmarks.test_projection_training import MEANS, Letters

CLAIMS = [Claim(text, (text,), headline=text[::-1]) for text in ("aab", "bbc", "cca", "abc")]
MESSAGES = [Message(f"{claim.id}!", "x", frozenset({claim.id})) for claim in CLAIMS]


def test_sampled_messages_keep_their_texts_and_answers() -> None:
    texts = np.eye(40, 3, dtype=np.float32)
    pool = contrastive_training.TrainingPool(
        np.arange(120.0).reshape(40, 3), texts, [np.array([index]) for index in range(40)]
    )
    less = learning_curve.sample_messages(pool, 0.25)
    assert len(less.messages) == len(less.right) == 10
    assert less.texts is texts
    assert all(row[0] == 3 * right for row, (right,) in zip(less.messages, less.right, strict=True))


def test_every_message_is_scored_once_for_each_share(monkeypatch: pytest.MonkeyPatch) -> None:
    trained: list[int] = []

    def train(start: Any, kinds: Sequence[Sequence[contrastive_training.TrainingPool]]) -> Any:
        trained.append(sum(len(pool.messages) for kind in kinds for pool in kind))
        return start

    monkeypatch.setattr(
        projection_training, "initial_projection", lambda jobs, model: (MEANS, np.eye(3))
    )
    monkeypatch.setattr(contrastive_training, "train", train)
    results = learning_curve.measure([Job("x", CLAIMS, MESSAGES)], cast(Any, Letters()))
    assert list(results["x"]) == ["0.0", "0.25", "0.5", "0.75", "1.0"]
    for scores in results["x"].values():
        assert scores == {"map5": 1.0, "mrr": 1.0, "recall50": 1.0, "n": 4}
    # On all others, and at least on one; there are too few headlines to train on.
    asked = [
        sum(fold_of(message.right) == number for message in MESSAGES) for number in range(FOLDS)
    ]
    assert trained[3::4] == [len(MESSAGES) - count for count in asked]
    assert min(trained) == 1
