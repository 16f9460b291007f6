import pytest

from matching.details.polarity import are_opposed, find_negations, one_side_rebuts, same_scope
from matching.details.slot_extraction import extract_slots
from matching.text.patterns import MarkedText


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
    claim = extract_slots("Có bắt cóc trẻ em ở cổng trường")
    assert one_side_rebuts(extract_slots(text), claim)
    assert one_side_rebuts(claim, extract_slots(text))
    assert not one_side_rebuts(extract_slots(text), extract_slots(text))


@pytest.mark.parametrize(
    "text",
    ["có phải tin giả không ạ", "là tin giả hay tin thật", "em sợ tin giả", "sữa giả bán ở chợ"],
)
def test_question_or_goods_are_not_a_rebuttal(text):
    assert extract_slots(text).rebuttal == ()


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


def test_opposites_exclude_each_other_within_a_group_only():
    assert are_opposed(("tăng",), ("tặng",))
    assert are_opposed(("sẽ", "tăng"), ("đã",))
    assert not are_opposed(("tăng",), ("đóng cửa",))
    assert not are_opposed((), ("tăng",))


def test_open_scope_fits_any_whole():
    assert same_scope("tất cả", "toàn tỉnh")
    assert same_scope("toàn tỉnh", "tất cả")
    assert not same_scope("toàn tỉnh", "toàn xã")
    assert not same_scope("tất cả", "một số")
