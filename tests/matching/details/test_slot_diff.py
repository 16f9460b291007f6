import pytest

from matching.details.slot_diff import Difference, agreements, differences
from matching.details.slot_set import Slots


def test_differences_of_equal_slots_are_none():
    slots = Slots(dates=("2026-06-05",), places=("Hà Nội",))
    assert differences(slots, slots) == []
    assert agreements(slots, slots) == ["dates", "places"]


def test_different_values_conflict():
    difference = differences(Slots(money=("200000",)), Slots(money=("2000000",)))
    assert difference == [Difference("money", ("200000",), ("2000000",), "conflict")]


def test_an_empty_side_is_missing():
    difference = differences(Slots(money=("200000",)), Slots())
    assert difference == [Difference("money", ("200000",), (), "missing")]


def test_more_values_on_one_side_are_missing_and_no_agreement():
    left, right = Slots(numbers=("20",)), Slots(numbers=("20", "3"))
    assert [d.kind for d in differences(left, right)] == ["missing"]
    assert agreements(left, right) == []


@pytest.mark.parametrize("slot", ["negation", "rebuttal"])
def test_an_empty_side_conflicts_in_negation_and_rebuttal(slot):
    assert differences(Slots(), Slots(**{slot: ("x",)}))[0].kind == "conflict"


@pytest.mark.parametrize(
    ("left", "right", "kinds"),
    [
        ("--02-17", "2026-02-17", []),
        ("2025-02-17", "2026-02-17", ["conflict"]),
        ("--02-17/--02-29", "2026-02-17/2026-02-28", []),
        ("--02-17/--02-29", "--02-17/--03-31", ["conflict"]),
        ("ngày mai", "2026-02-17", ["missing"]),
        ("ngày mai", "thứ 2", ["conflict"]),
    ],
)
def test_dates_compare(left, right, kinds):
    assert [d.kind for d in differences(Slots(dates=(left,)), Slots(dates=(right,)))] == kinds


@pytest.mark.parametrize(
    ("left", "right", "kinds"),
    [
        ("Hòa Bình", "Phú Thọ", ["missing"]),  # merged into it in 2025
        ("Hà Nội", "Hà Nam", ["conflict"]),
        ("xã An Lao", "xã An Bình", ["conflict"]),
        ("xã An Binh", "xã An Bình", []),
        ("xã An Bình", "xã An Bình Đóng", []),
        ("Vũng Tàu", "Bà Rịa - Vũng Tàu", ["missing"]),
        ("Nha Trang", "Vũng Tàu", ["conflict"]),
        ("quận 7", "phường Tân Phong", ["missing"]),  # a ward may be in the former district
        ("phường Long Biên", "xã Long Biên", ["conflict"]),
    ],
)
def test_places_compare(left, right, kinds):
    assert [d.kind for d in differences(Slots(places=(left,)), Slots(places=(right,)))] == kinds


@pytest.mark.parametrize(
    ("left", "right", "kinds"),
    [
        ("THCS Hoa Mai", "THCS Hoa Mai 2", ["conflict"]),
        ("THCS Hoa Mai", "Tiểu học Hoa Mai", ["conflict"]),
        ("THCS Lê Quý", "THCS Lê Quý Đôn", []),
        ("THCS Le Quy Don", "THCS Lê Quý Đôn", []),
        ("Trường Hoa Mai", "THCS Hoa Mai", []),  # its level is not named
        ("Trường Hoa Mai", "THCS Hoa Lan", ["conflict"]),
    ],
)
def test_schools_compare(left, right, kinds):
    assert [d.kind for d in differences(Slots(schools=(left,)), Slots(schools=(right,)))] == kinds


@pytest.mark.parametrize(
    ("left", "right", "kinds"),
    [
        ("tăng", "giảm", ["conflict"]),
        ("tăng", "nghỉ", ["missing"]),  # not opposites
        ("sẽ", "đã", ["conflict"]),
    ],
)
def test_polarity_compare(left, right, kinds):
    difference = differences(Slots(polarity=(left,)), Slots(polarity=(right,)))
    assert [d.kind for d in difference] == kinds
