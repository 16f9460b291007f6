from datetime import UTC, date, datetime

import pytest
import time_machine

from intake.domain import dates
from intake.enums import SeenWhen
from intake.models import Report

EVENING = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)  # 00:30 on the 21st in Viet Nam


@pytest.mark.parametrize(
    ("seen_when", "day"),
    [
        ("", date(2026, 11, 21)),
        (SeenWhen.TODAY, date(2026, 11, 21)),
        (SeenWhen.YESTERDAY, date(2026, 11, 20)),
        (SeenWhen.THIS_WEEK, None),
        (SeenWhen.EARLIER, None),
    ],
)
def test_seen_on_is_a_vietnamese_day_or_none(seen_when: str, day: date | None) -> None:
    assert dates.seen_on(Report(created_at=EVENING, seen_when=seen_when)) == day


def test_seen_on_is_the_same_day_until_its_last_second() -> None:
    late = datetime(2026, 11, 21, 23, 59, 59, tzinfo=dates.ZONE)
    assert dates.seen_on(Report(created_at=late, seen_when="")) == date(2026, 11, 21)
    assert dates.seen_on(Report(created_at=late, seen_when=SeenWhen.YESTERDAY)) == date(
        2026, 11, 20
    )


@pytest.mark.parametrize(
    ("hours_before", "seen_when"), [(0, ""), (1, "yesterday"), (24, "yesterday"), (25, "earlier")]
)
def test_seen_when_counts_days_in_viet_nam(hours_before: int, seen_when: str) -> None:
    sent_at = EVENING.replace(minute=0).timestamp() - hours_before * 3600
    with time_machine.travel(EVENING, tick=False):
        assert dates.seen_when(datetime.fromtimestamp(sent_at, UTC)) == seen_when
