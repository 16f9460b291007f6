import pytest

from matching.details.negation import find_negations
from matching.text.patterns import MarkedText


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("không phải đóng tiền", {"không phải đóng"}),
        ("phụ huynh khỏi kí cam kết", {"không phải kí"}),
        ("chữa khỏi thi thể", set()),
        ("đề thi suýt bị lộ", {"suýt bị lộ"}),
        ("mai có nghỉ không z", set()),
        ("em không rõ thật giả", set()),
        ("the vaccine is not safe", {"not safe"}),
        ("garlic doesn t cure", {"not cure"}),
    ],
)
def test_negations(text, phrases):
    assert find_negations(MarkedText(text, False)) == phrases
