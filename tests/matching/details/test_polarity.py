import pytest

from matching.details.polarity import are_opposed
from matching.details.slot_extraction import extract_slots


def test_opposites_exclude_each_other_within_a_group_only():
    assert are_opposed(("tăng",), ("tặng",))
    assert are_opposed(("sẽ", "tăng"), ("đã",))
    assert not are_opposed(("tăng",), ("đóng cửa",))
    assert not are_opposed((), ("tăng",))


@pytest.mark.parametrize(
    "text",
    [
        "Lớp 6A có em bị thủy đậu",
        "bị đậu mùa khỉ",
        "Xe đậu trước cổng trường",
        "ô tô của phụ huynh đỗ kín lề đường",
        "Sữa đậu nành có độc",
        "bánh đậu xanh, xôi đậu phộng",
        "Cô Đỗ Thị Lan dạy giỏi",
        "em trượt chân ngã",
        "rớt khỏi lan can",
        "tạo miễn dịch cho trẻ",
        "sắp xếp lại lớp",
    ],
)
def test_word_of_another_sense_is_not_an_opposite(text):
    assert extract_slots(text).polarity == ()


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Con tôi đậu đại học", ("đỗ",)),
        ("em đỗ thủ khoa", ("đỗ",)),
        ("90% học sinh đậu", ("đỗ",)),
        ("nửa lớp rớt lớp 10", ("trượt",)),
        ("miễn học phí", ("miễn",)),
        ("sắp thu tiền", ("sắp", "thu")),
    ],
)
def test_opposite_is_read(text, polarity):
    assert extract_slots(text).polarity == polarity
