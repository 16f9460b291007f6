from datetime import date

import pytest

from matching.details.provinces import (
    MERGED_INTO,
    MERGER,
    PROVINCE_BY_TOWN,
    PROVINCES,
    active,
    contains_place,
    successor,
)


def test_provinces_number_34_now_and_63_before():
    assert len(active(MERGER)) == 34
    assert len(active(date(2025, 6, 30))) == 63
    assert len(active(date(2008, 7, 31))) == 64
    assert len({row.name for row in PROVINCES}) == len(PROVINCES)


def test_every_former_province_and_town_is_in_a_current_one():
    standing = active(date(2026, 1, 1))
    assert {successor(name) for name in (*MERGED_INTO, *PROVINCE_BY_TOWN.values())} <= standing


@pytest.mark.parametrize(
    ("name", "on", "expected"),
    [
        ("Hòa Bình", date(2025, 6, 30), "Hòa Bình"),
        ("Hòa Bình", MERGER, "Phú Thọ"),
        ("Hà Tây", date(2026, 1, 1), "Hà Nội"),
        ("Nghệ An", date(2026, 1, 1), "Nghệ An"),
        ("Atlantis", date(2026, 1, 1), "Atlantis"),
    ],
)
def test_successor_on_a_day(name, on, expected):
    assert successor(name, on) == expected


def test_contains_place_former_provinces_and_their_towns():
    assert contains_place("Phú Thọ", "Hòa Bình")
    assert not contains_place("Hòa Bình", "Phú Thọ")
    assert contains_place("Bà Rịa - Vũng Tàu", "Vũng Tàu")
    assert contains_place("TP. Hồ Chí Minh", "Vũng Tàu")
    assert not contains_place("Hà Nội", "Hà Nội")
