from typing import Any

import pytest

from factcheck.models import Case
from intake.models import Report
from intake.signals import report_received, screenshot_read


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """Names and arguments of the tasks that are enqueued, in order."""
    calls: list[tuple[Any, ...]] = []
    monkeypatch.setattr("factcheck.receivers.enqueue", lambda *call: calls.append(call))
    return calls


def test_arrival_of_a_report_only_enqueues(db: None, sent: list[Any]) -> None:
    report_received.send(sender=Report, report_id=77)
    assert sent == [("factcheck.match_report", 77)]
    assert not Case.objects.exists()


def test_text_of_a_picture_only_enqueues(db: None, sent: list[Any]) -> None:
    screenshot_read.send(sender=Report, report_id=77)
    assert sent == [("factcheck.match_picture", 77)]
