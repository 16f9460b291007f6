"""The path of a report to its case, as docs/architecture.md lists it, is the path that runs."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest
from celery import current_app

from factcheck.models import Case
from intake.domain import reports
from intake.domain.submissions import Submission
from tests.factories import RUMOUR, Cast

ROOT = Path(__file__).resolve().parent.parent.parent
ROW = re.compile(r"^\| \d+ \| `(?P<file>[\w/]+\.py)` \| `(?P<function>\w+)` \|", re.MULTILINE)

Stop = tuple[str, str]


def documented() -> list[Stop]:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    return [(row["file"], row["function"]) for row in ROW.finditer(text)]


class Recorder:
    """Notes when each of some functions is first called."""

    def __init__(self, stops: list[Stop]) -> None:
        self.stops = {(str(ROOT / file), function): (file, function) for file, function in stops}
        self.called: list[Stop] = []

    def __call__(self, frame: FrameType, event: str, argument: object) -> None:
        stop = self.stops.get((frame.f_code.co_filename, frame.f_code.co_name))
        if event == "call" and stop and stop not in self.called:
            self.called.append(stop)


@pytest.fixture
def eager() -> Iterator[None]:
    """Tasks run at once, in this process."""
    current_app.conf.task_always_eager = True
    yield
    current_app.conf.task_always_eager = False


@pytest.mark.django_db(transaction=True)
def test_a_report_runs_through_the_documented_functions_in_their_order(
    cast: Cast, eager: None
) -> None:
    stops = documented()
    assert len(stops) <= 14
    assert len({file for file, _function in stops}) <= 9
    recorder = Recorder(stops)
    previous = sys.getprofile()
    sys.setprofile(recorder)
    try:
        reports.submit(Submission(text=RUMOUR, unit=cast.school))
    finally:
        sys.setprofile(previous)
    assert Case.objects.count() == 1
    assert recorder.called == stops
