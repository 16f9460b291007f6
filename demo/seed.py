"""The whole demo in one transaction, in the order in which it would have happened."""

import secrets
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Unit, User
from channels import dispatch
from demo import clock, families, organisation, stories
from demo.story_runner import StoryRunner
from demo.timetable import CLOSING_OUTCOMES, STAGES, steps
from factcheck.domain.cases import topics
from factcheck.domain.editorial import sources
from factcheck.enums import CaseStatus
from factcheck.models import Case
from intake.models import Report

DAYS = 21  # the first story begins 21 days ago
PROGRESS_EVERY = 40  # steps
# --stage also takes the plain statuses.
STATUS_AS = {CaseStatus.CLOSED: "opinion"}
CHOICES = sorted({*STAGES, *CaseStatus.values})

Write = Callable[[str], None]  # writes one line of progress


def is_empty() -> bool:
    return not (User.objects.exists() or Report.objects.exists())


def seed_everything(write: Write) -> None:
    """Units, accounts, sources, topics and all stories; nothing at all when anything fails.

    Whatever a worker would do is done here, at its time; so nothing is sent to the broker.
    """
    # The messages would be published after the commit, so the transaction is the inner block.
    with dispatch.muted(), transaction.atomic():
        _run_stories(write)


def _run_stories(write: Write) -> None:
    now = timezone.now()
    with clock.set_to(now - timedelta(days=DAYS)):
        seed_base_data()
    write("Demo: units, accounts, sources and topics are there.")
    runners: dict[str, StoryRunner] = {}
    for story in stories.load(timezone.localdate(now)):
        StoryRunner(story, now, runners)
    ordered = sorted(
        (step for runner in runners.values() for step in steps(runner)), key=lambda step: step.at
    )
    for number, step in enumerate(ordered, start=1):
        with clock.set_to(step.at):
            step.run()
        if number % PROGRESS_EVERY == 0 or number == len(ordered):
            write(f"Demo: {number} of {len(ordered)} steps.")
    write(f"Demo: {Case.objects.count()} cases, {Report.objects.count()} reports.")


def seed_base_data() -> None:
    """Units, accounts, sources and topics, without a report."""
    topics.ensure()
    sources.seed()
    organisation.create()
    for office in stories.sources():
        unit = Unit.objects.get(code=office["unit"]) if office.get("unit") else None
        fields = {name: value for name, value in office.items() if name != "unit"}
        sources.name_office(speaks_for=unit, **fields)
    families.create()


@transaction.atomic
def add_case(stage: str, write: Write) -> Case:
    """One new case at the stage (a status, an outcome, "corrected" or "retracted"), made now."""
    until = STATUS_AS.get(stage, stage)  # type: ignore[call-overload]
    serial = secrets.randbelow(900) + 100
    path = stories.DATA / "fresh.toml"
    raw = tomllib.loads(path.read_text(encoding="utf-8").replace("{serial}", str(serial)))["case"]
    now, today = timezone.now(), timezone.localdate()
    runners: dict[str, StoryRunner] = {}
    chosen = [entry for entry in raw if entry["key"] == "fresh" or until == "merged"]
    for entry in reversed(chosen):  # a case that is merged needs its target first
        story = _cut_to_stage(stories.parse_story(entry, today), until)
        for step in steps(StoryRunner(story, now, runners)):
            write(f"Demo: {step.description}")
            step.run()
    return runners["fresh"].case


def _cut_to_stage(story: stories.Story, until: str) -> stories.Story:
    """The story without the texts of stages it does not reach."""
    if story.key != "fresh":
        return story
    unused: dict[str, Any] = {}
    if until in ("new", "waiting", "merged", "reopened", *CLOSING_OUTCOMES):
        unused = {"verdict": {}}
    return replace(story, until=until, **unused)
