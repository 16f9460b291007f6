from datetime import datetime, timedelta

import pytest

from intake.domain import working_time
from intake.domain.dates import ZONE


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-26T10:00", "2026-11-26T10:00"),
        ("2026-11-26T06:00", "2026-11-26T07:30"),
        ("2026-11-26T17:00", "2026-11-27T07:30"),
        ("2026-11-27T20:00", "2026-11-30T07:30"),  # over a weekend
        ("2026-11-28T09:00", "2026-11-30T07:30"),
    ],
)
def test_next_open_is_now_or_the_next_opening(moment: str, opens: str) -> None:
    assert working_time.next_open(_at(moment)) == _at(opens)
    assert working_time.is_open(_at(moment)) is (moment == opens)


def test_working_time_goes_on_the_next_day() -> None:
    half_an_hour = timedelta(minutes=30)
    assert working_time.after(half_an_hour, _at("2026-11-27T16:50")) == _at("2026-11-30T07:50")
    assert working_time.after(half_an_hour, _at("2026-11-27T16:30")) == _at("2026-11-27T17:00")
