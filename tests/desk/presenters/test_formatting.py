from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from desk.presenters import formatting

NOW = datetime(2026, 11, 21, 20, 42, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (timedelta(seconds=5), "1 minute"),
        (timedelta(minutes=12, seconds=59), "12 minutes"),
        (timedelta(minutes=60), "1 hour"),
        (timedelta(minutes=123), "2 hours 3 minutes"),
        (timedelta(hours=11, minutes=30), "11 hours"),
        (timedelta(hours=48), "2 days"),
    ],
)
def test_span_names_at_most_two_units(length, expected):
    with translation.override("en"):
        assert formatting.span(length) == expected


@pytest.mark.parametrize(
    ("minutes", "state", "text", "limit"),
    [
        (-12, "over", "Overdue by 12 minutes", "Due 20:30"),
        (18, "soon", "18 minutes left", "Due 21:00"),
        (123, "later", "2 hours 3 minutes left", "Due 22:45"),
        (3 * 24 * 60 - 222, "day", "Tuesday 24/11", "Due 17:00 24/11"),
    ],
)
def test_due_names_state_time_left_and_limit(minutes, state, text, limit):
    with translation.override("en"):
        due = formatting.due(NOW + timedelta(minutes=minutes), NOW)
    assert (due.state, due.text, due.limit) == (state, text, limit)


def test_due_now_is_not_overdue():
    assert formatting.due(NOW, NOW).state == "soon"
