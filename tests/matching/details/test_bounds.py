import pytest

from matching.details.slot_diff import agreements, differences
from matching.details.slot_extraction import extract_slots


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("Hơn 100 em ngộ độc", ("hơn 100",)),
        ("trên 100 em ngộ độc", ("hơn 100",)),
        ("chưa tới 100 em", ("dưới 100",)),
        ("tầm 30 em nghỉ", ("khoảng 30",)),
        ("thu không quá 5 triệu", ("nhiều nhất 5000000",)),
        ("đạt 6,5 điểm trở lên", ("ít nhất 6.5",)),
        ("trẻ dưới 16 tuổi", ()),
        ("nộp hồ sơ trước ngày 5/9", ("trước 5/9",)),
        ("kể từ 1/1/2027 cấm xe", ("từ 1/1",)),
        ("hạn chót 3/4", ("đến 3/4",)),
        ("nghỉ từ 3/2 đến 7/2", ()),
        ("trường gần chợ", ()),
    ],
)
def test_bound_is_read(text, bounds):
    assert extract_slots(text).bounds == bounds


@pytest.mark.parametrize(
    ("left", "right", "kinds"),
    [
        ("Hơn 100 em ngộ độc", "Gần 100 em ngộ độc", {"bounds": "conflict"}),
        ("Hơn 100 em ngộ độc", "100 em ngộ độc", {"bounds": "missing"}),
        ("Hơn 100 em ngộ độc", "Gần 200 em ngộ độc", {"numbers": "conflict"}),
        ("nộp trước 5/9", "nộp sau 5/9", {"bounds": "conflict"}),
        ("nộp trước 5/9", "nộp trước ngày 5/9", {}),
        ("hon 100 em", "hơn 100 em", {}),
    ],
)
def test_bounds_compare(left, right, kinds):
    named = differences(extract_slots(left), extract_slots(right))
    assert {difference.slot: difference.kind for difference in named} == kinds


def test_bounds_of_different_numbers_do_not_agree():
    left, right = extract_slots("Hơn 100 em ngộ độc"), extract_slots("Gần 200 em ngộ độc")
    assert "bounds" not in agreements(left, right)
    assert "bounds" in agreements(left, extract_slots("trên 100 em ngộ độc"))
