from datetime import date

import pytest

from matching.details.slot_extraction import extract_slots


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("từ 17/2 đến hết tháng 2", ("--02-17/--02-29",)),
        ("từ 3 đến 9/2/2026", ("2026-02-03/2026-02-09",)),
        ("thi ngay 5 thang 6 nam 2026", ("2026-06-05",)),
        ("hết tháng 3/2026", ("2026-03-31",)),
        ("lùi sang tháng 7", ("--07",)),
        ("năm học 2026-2027", ("2026/2027",)),
        ("ngày mai 12/9", ("--09-12",)),
        ("ngày 12/9, thứ Bảy", ("--09-12",)),
        ("tháng 13", ("--13",)),
        ("thứ Hai nghỉ", ("thứ 2",)),
        ("có 2020 học sinh", ()),
    ],
)
def test_dates_without_the_day_seen(text, dates):
    assert extract_slots(text).dates == dates


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("ngày mai nghỉ", ("2026-11-26",)),
        ("toi nay hop", ("2026-11-25",)),
        ("thứ Hai nghỉ", ("2026-11-30",)),
        ("thứ 2 tuần sau", ("2026-11-30",)),
        ("thứ Tư tuần sau", ("2026-12-02",)),
        ("từ thứ Hai 23/11 đến 28/11", ("2026-11-23/2026-11-28",)),
        ("nghỉ đến hết tháng này", ("2026-11-30",)),
        ("tháng sau thi", ("2026-12",)),
        ("từ 28/12 đến 5/1", ("2026-12-28/2027-01-05",)),
        ("hết tháng 2", ("2027-02-28",)),
        ("ngày 30/2", ("--02-30",)),
    ],
)
def test_dates_are_resolved_against_the_day_seen(text, dates):
    wednesday = date(2026, 11, 25)
    assert extract_slots(text, wednesday).dates == dates
