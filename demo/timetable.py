"""The timetable of a story: reports at their own times, the work in the hours after the first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from demo.story_runner import StoryRunner
from factcheck.enums import Outcome, VerdictKind

# Stages of stories that get at least as far as the name.
PUBLISHED_STAGES = ("published", "corrected", "retracted")
REVIEWED_STAGES = (*PUBLISHED_STAGES, "approved", "answered")
SUBMITTED_STAGES = (*REVIEWED_STAGES, "in_review")
CHECKED_STAGES = (*SUBMITTED_STAGES, "checking", "waiting")
CLOSING_OUTCOMES = (Outcome.OPINION, Outcome.PERSONAL, Outcome.SPAM, Outcome.EMERGENCY)
STAGES = (*CHECKED_STAGES, "new", "merged", "reopened", *CLOSING_OUTCOMES)

Action = Callable[[], None]
Timed = Iterator[tuple[float, str, Action]]  # hours after the first report, description, action


@dataclass(frozen=True)
class TimetableStep:
    at: datetime
    description: str
    run: Action


def steps(runner: StoryRunner) -> Iterator[TimetableStep]:
    """All steps of one story, in its own order."""
    for report in runner.story.reports:
        yield _step(runner, report.days, 0, "report", partial(runner.report, report))
    first = max(report.days for report in runner.story.reports)
    for hours, description, run in (*_work(runner), *_ending(runner)):
        yield _step(runner, first, hours, description, run)


def _step(
    runner: StoryRunner, days: float, hours: float, description: str, run: Action
) -> TimetableStep:
    moment = runner.now - timedelta(days=days) + timedelta(hours=hours)
    return TimetableStep(min(moment, runner.now), f"{runner.story.key}: {description}", run)


def _work(runner: StoryRunner) -> Timed:
    story, until = runner.story, runner.story.until
    if story.topic or story.urgency:
        yield 0.3, "triage", runner.triage
    if until in CHECKED_STAGES:
        yield 0.5, "take", runner.take
        yield 0.6, "claim", runner.write_claim
        for number, citation in enumerate(story.evidence):
            yield 1 + number / 10, "cite", partial(runner.cite, citation)
    if story.verdict:
        yield 1.6, "draft", partial(runner.draft, story.verdict)
    if until in SUBMITTED_STAGES or story.sent_back:
        yield 2, "submit", runner.submit
    if story.sent_back:
        yield 2.6, "send back", runner.send_back
    if until in REVIEWED_STAGES:
        yield 3, "approve", runner.approve


def _ending(runner: StoryRunner) -> Timed:
    story, until = runner.story, runner.story.until
    if until in PUBLISHED_STAGES:
        yield 3.4, "publish", runner.publish
    if until == "answered":
        yield 3.4, "reply to the reporters", runner.reply_to_reporters
    if until == "waiting":
        yield 0.9, "wait", runner.wait
    if until == "merged":
        yield 0.8, "merge", runner.merge
    if until in CLOSING_OUTCOMES or until == "reopened":
        outcome = Outcome.OPINION if until == "reopened" else Outcome(until)
        yield 0.7, "close", partial(runner.close, outcome)
    if until == "reopened":
        yield 5, "reopen", runner.reopen
    if until == "corrected":
        yield 26, "correct", partial(runner.revise, VerdictKind.CORRECTION, story.correction)
    if until == "retracted":
        yield 40, "retract", partial(runner.revise, VerdictKind.RETRACTION, story.retraction)
    if story.reconsider:
        yield 60, "ask for reconsideration", runner.ask_for_reconsideration
