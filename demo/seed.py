"""The whole demo in one transaction, in the order in which it would have happened."""

import secrets
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from channels.dispatch import circuit
from demo import clock, organisation, stories
from demo.timetable import CLOSING, STAGES, steps
from demo.workflow_runner import WorkflowRunner
from factcheck.domain.cases import topics
from factcheck.domain.editorial import sources
from factcheck.enums import CaseStatus
from factcheck.models import Case
from intake.models import Report

DAYS = 21  # what happened began so long ago
SAY_EVERY = 40  # steps
# --stage also takes the plain statuses.
STATUS_AS = {CaseStatus.CLOSED: "opinion"}
CHOICES = sorted({*STAGES, *CaseStatus.values})

Say = Callable[[str], None]


def is_empty() -> bool:
    return not (User.objects.exists() or Report.objects.exists())


def everything(say: Say) -> None:
    """Units, accounts, sources, topics and all stories; nothing at all when anything fails.

    Whatever a worker would do has been done here, at its time; so the broker is left alone.
    """
    with transaction.atomic():
        _everything(say)
        circuit.trip()  # for the messages that leave with the commit
    circuit.close()


def _everything(say: Say) -> None:
    now = timezone.now()
    with clock.at(now - timedelta(days=DAYS)):
        _ground()
    say("Demo: units, accounts, sources and topics are there.")
    walks: dict[str, WorkflowRunner] = {}
    for story in stories.load(timezone.localdate(now)):
        WorkflowRunner(story, now, walks)
    ordered = sorted(
        (step for walk in walks.values() for step in steps(walk)), key=lambda step: step.at
    )
    for number, step in enumerate(ordered, start=1):
        with clock.at(step.at):
            step.run()
        if number % SAY_EVERY == 0 or number == len(ordered):
            say(f"Demo: {number} of {len(ordered)} steps.")
    say(f"Demo: {Case.objects.count()} cases, {Report.objects.count()} reports.")


def _ground() -> None:
    topics.ensure()
    sources.seed()
    organisation.build()


@transaction.atomic
def fresh(stage: str, say: Say) -> Case:
    """One new case at the stage (a status, an outcome, "corrected" or "retracted"), made now."""
    until = STATUS_AS.get(stage, stage)  # type: ignore[call-overload]
    serial = secrets.randbelow(900) + 100
    path = stories.DATA / "fresh.toml"
    raw = tomllib.loads(path.read_text(encoding="utf-8").replace("{serial}", str(serial)))["case"]
    now, today = timezone.now(), timezone.localdate()
    walks: dict[str, WorkflowRunner] = {}
    wanted = [entry for entry in raw if entry["key"] == "fresh" or until == "merged"]
    for entry in reversed(wanted):  # what is merged needs its target first
        story = _shaped(stories.story(entry, today), until)
        for step in steps(WorkflowRunner(story, now, walks)):
            say(f"Demo: {step.what}")
            step.run()
    return walks["fresh"].case


def _shaped(story: stories.Story, until: str) -> stories.Story:
    """Without the words of stages that are not reached."""
    if story.key != "fresh":
        return story
    unwritten: dict[str, Any] = {}
    if until in ("new", "waiting", "merged", "reopened", *CLOSING):
        unwritten = {"verdict": {}}
    return replace(story, until=until, **unwritten)
