import pytest

from matching.details.ordinals import same_ordinal
from matching.details.slot_extraction import extract_slots


@pytest.mark.parametrize(
    ("text", "ordinals", "dates"),
    [
        ("tiêm liều thứ 2 vắc xin", ("liều 2",), ()),
        ("tiêm mũi 3 vắc xin", ("mũi 3",), ()),
        ("đóng tiền lần thứ ba trong năm", ("lần 3",), ()),
        ("đợt nghỉ từ thứ 2", (), ("thứ 2",)),
        ("Học sinh thứ hai đi học lại", (), ("thứ 2",)),
        ("sốt ngày thứ 3 liên tiếp", ("ngày thứ 3",), ()),
        ("nghỉ 2 lần", (), ()),
    ],
)
def test_ordinal_is_no_weekday(text, ordinals, dates):
    slots = extract_slots(text)
    assert (slots.ordinals, slots.dates) == (ordinals, dates)


def test_dose_and_injection_of_one_number_are_the_same():
    assert same_ordinal("liều 2", "mui 2")
    assert not same_ordinal("liều 2", "liều 3")
