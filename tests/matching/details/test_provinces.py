from datetime import date

import pytest

from matching.details.provinces import (
    MERGER,
    PARENT,
    TABLE,
    TOWNS,
    active,
    contains,
    successor,
)


def test_provinces_number_34_now_and_63_before():
    assert len(active(MERGER)) == 34
    assert len(active(date(2025, 6, 30))) == 63
    assert len(active(date(2008, 7, 31))) == 64
    assert len({row.name for row in TABLE}) == len(TABLE)


def test_every_former_province_and_town_lies_in_one_that_stands():
    standing = active(date(2026, 1, 1))
    assert {successor(name) for name in (*PARENT, *TOWNS.values())} <= standing


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


def test_contains_former_provinces_and_their_towns():
    assert contains("Phú Thọ", "Hòa Bình")
    assert not contains("Hòa Bình", "Phú Thọ")
    assert contains("Bà Rịa - Vũng Tàu", "Vũng Tàu")
    assert contains("TP. Hồ Chí Minh", "Vũng Tàu")
    assert not contains("Hà Nội", "Hà Nội")
