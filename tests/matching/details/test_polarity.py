import pytest

from matching.details.polarity import negations, opposed, related, same_scope
from matching.details.slots import extract
from matching.text.patterns import Board


@pytest.mark.parametrize(
    "text",
    [
        "Công an: không có chuyện bắt cóc",
        "Tin vỡ đập là tin giả",
        "Không có học sinh lớp 3 nào bị thôi miên",
        "Sở phủ nhận việc nghỉ học",
        "Police deny a kidnapping",
        "Fact check: garlic cures nothing",
        "The claim is false",
    ],
)
def test_rebuttal_is_related_to_the_claim(text):
    claim = extract("Có bắt cóc trẻ em ở cổng trường")
    assert related(extract(text), claim)
    assert related(claim, extract(text))
    assert not related(extract(text), extract(text))


@pytest.mark.parametrize(
    "text",
    ["có phải tin giả không ạ", "là tin giả hay tin thật", "em sợ tin giả", "sữa giả bán ở chợ"],
)
def test_question_or_goods_rebut_nothing(text):
    assert extract(text).rebuttal == ()


@pytest.mark.parametrize(
    ("text", "found"),
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
def test_negations(text, found):
    assert negations(Board(text, False)) == found


def test_opposites_exclude_each_other_within_a_group_only():
    assert opposed(("tăng",), ("tặng",))
    assert opposed(("sẽ", "tăng"), ("đã",))
    assert not opposed(("tăng",), ("đóng cửa",))
    assert not opposed((), ("tăng",))


def test_scope_left_open_fits_any_whole():
    assert same_scope("tất cả", "toàn tỉnh")
    assert same_scope("toàn tỉnh", "tất cả")
    assert not same_scope("toàn tỉnh", "toàn xã")
    assert not same_scope("tất cả", "một số")
