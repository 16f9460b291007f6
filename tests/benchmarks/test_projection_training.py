"""Training data of the projection: messages, answers and headlines of a fold are left out."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from benchmarks import projection_training
from benchmarks.accuracy import Job
from benchmarks.datasets import Claim, Message, read_claims
from benchmarks.metrics import FOLDS, fold_of
from tests.benchmarks.files import write_lines


class Letters:
    """An embedder of three numbers: the counts of a, b and c in a text."""

    def queries(self, texts: Sequence[str]) -> list[list[float]]:
        return [[float(text.count(letter)) for letter in "abc"] for text in texts]


MEANS = np.zeros((2, 3), dtype=np.float32)
CLAIMS = [
    Claim("one", ("aab", "aab. ab"), headline="ab"),
    Claim("two", ("bcc",)),
    Claim("three", ("caa", "caa. ca"), headline="ca"),
]


def test_headlines_repeat_their_own_claims() -> None:
    pool = projection_training.headline_pool(Job("x", CLAIMS, []), cast(Any, Letters()), MEANS)
    assert pool.texts.tolist() == [[2, 1, 0], [2, 0, 1]]  # claims with a headline, without it
    training_pool = {
        tuple(m): pool.texts[rows].tolist()
        for m, rows in zip(pool.messages, pool.right, strict=True)
    }
    assert training_pool == {(1, 1, 0): [[2, 1, 0]], (1, 0, 1): [[2, 0, 1]]}


def test_fold_is_left_out_with_all_messages_that_share_its_answers() -> None:
    own = frozenset({"one"})
    messages = [
        Message("its own", "x", own),
        Message("shares an answer", "x", own | {"two"}),
        Message("another", "x", frozenset({"three"})),
    ]
    number = fold_of(own)
    assert fold_of(frozenset({"three"})) != number
    (left,) = projection_training.leave_out_fold([Job("x", CLAIMS, messages)], number)
    assert [m.text for m in left.messages] == ["another"]
    assert [claim.headline for claim in left.claims] == ["", "", "ca"]
    assert [claim.wordings for claim in left.claims] == [claim.wordings for claim in CLAIMS]


def test_every_message_is_in_exactly_one_fold() -> None:
    messages = [Message(str(index), "x", frozenset({str(index)})) for index in range(40)]
    job = Job("x", CLAIMS, messages)
    kept = [
        m.text
        for number in range(FOLDS)
        for m in projection_training.leave_out_fold([job], number)[0].messages
    ]
    assert all(kept.count(str(index)) == FOLDS - 1 for index in range(40))


@pytest.mark.parametrize(("text", "headline"), [("Nghỉ học", "Tin giả nghỉ học"), ("", "")])
def test_headline_is_read_only_with_a_claim(tmp_path: Path, text: str, headline: str) -> None:
    row = {"id": "a", "text": text, "title": "Tin giả nghỉ học"}
    (claim,) = read_claims(write_lines(tmp_path / "claims.jsonl", [row])).claims
    assert claim.headline == headline
