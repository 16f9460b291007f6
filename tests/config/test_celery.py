import re
from pathlib import Path

import pytest
from django.conf import settings

from config.celery import FORMER_TASK_NAMES, app

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ("accounts", "audit", "channels", "factcheck", "intake", "publishing")
ENQUEUED = re.compile(r'enqueue\(\s*"([^"]+)"')


@pytest.fixture(scope="module")
def registered() -> set[str]:
    app.loader.import_default_modules()
    return set(app.tasks)


def test_every_enqueued_name_is_a_registered_task(registered: set[str]) -> None:
    sources = [path.read_text() for name in APPS for path in (ROOT / name).rglob("*.py")]
    names = {name for source in sources for name in ENQUEUED.findall(source)}
    assert {"factcheck.match_report", "channels.deliver_message"} <= names
    assert names <= registered


def test_every_scheduled_and_routed_name_is_a_registered_task(registered: set[str]) -> None:
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert scheduled | set(settings.CELERY_TASK_ROUTES) <= registered


def test_tasks_have_explicit_names(registered: set[str]) -> None:
    own = {name for name in registered if name.split(".")[0] in APPS}
    former = {name for name in own if ".tasks." in name}
    assert former == {*FORMER_TASK_NAMES, "factcheck.tasks.tell_reporters"}
    assert own - former


def test_former_name_runs_the_same_task(registered: set[str]) -> None:
    for former, name in FORMER_TASK_NAMES.items():
        assert app.tasks[former] is app.tasks[name]
