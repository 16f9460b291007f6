import pytest

from matching.details.negation import find_negations, same_negation
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
        ("không quá 50 em", set()),
        ("trường hổng thu tiền", {"không thu tiền"}),
        ("garlic doesn t cure", {"not cure"}),
    ],
)
def test_negations(text, phrases):
    assert find_negations(MarkedText(text, False)) == phrases


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("đừng cho con", "không cho trẻ", True),
        ("không nghỉ", "không nghỉ học", True),
        ("chưa cho phép", "không cho phép", False),
        ("không cho trẻ", "không cho xe", False),
        ("khong duoc nghi", "không được nghỉ", True),
    ],
)
def test_negations_compare(left, right, same):
    assert same_negation(left, right) is same
