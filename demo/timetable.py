"""When what happens in a story: reports when they came, the work in the hours after the first."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from demo.workflow_runner import WorkflowRunner
from factcheck.enums import Outcome, VerdictKind

PUBLIC = ("published", "corrected", "retracted")
REVIEWED = (*PUBLIC, "approved", "answered")
SUBMITTED = (*REVIEWED, "in_review")
CHECKED = (*SUBMITTED, "checking", "waiting")
CLOSING = (Outcome.OPINION, Outcome.PERSONAL, Outcome.SPAM, Outcome.EMERGENCY)
STAGES = (*CHECKED, "new", "merged", "reopened", *CLOSING)

Action = Callable[[], None]
Timed = Iterator[tuple[float, str, Action]]  # hours after the first report, what, the doing


@dataclass(frozen=True)
class TimetableStep:
    at: datetime
    what: str
    run: Action


def steps(walk: WorkflowRunner) -> Iterator[TimetableStep]:
    """All of one story, in its own order."""
    for saying in walk.story.reports:
        yield _step(walk, saying.days, 0, "report", partial(walk.report, saying))
    first = max(saying.days for saying in walk.story.reports)
    for hours, what, run in (*_work(walk), *_ending(walk)):
        yield _step(walk, first, hours, what, run)


def _step(walk: WorkflowRunner, days: float, hours: float, what: str, run: Action) -> TimetableStep:
    moment = walk.now - timedelta(days=days) + timedelta(hours=hours)
    return TimetableStep(min(moment, walk.now), f"{walk.story.key}: {what}", run)


def _work(walk: WorkflowRunner) -> Timed:
    story, until = walk.story, walk.story.until
    if story.topic or story.urgency:
        yield 0.3, "triage", walk.triage
    if until in CHECKED:
        yield 0.5, "take", walk.take
        yield 0.6, "claim", walk.write_claim
        for number, citation in enumerate(story.evidence):
            yield 1 + number / 10, "cite", partial(walk.cite, citation)
    if story.verdict:
        yield 1.6, "draft", partial(walk.draft, story.verdict)
    if until in SUBMITTED or story.sent_back:
        yield 2, "submit", walk.submit
    if story.sent_back:
        yield 2.6, "send back", walk.send_back
    if until in REVIEWED:
        yield 3, "approve", walk.approve


def _ending(walk: WorkflowRunner) -> Timed:
    story, until = walk.story, walk.story.until
    if until in PUBLIC:
        yield 3.4, "publish", walk.publish
    if until == "answered":
        yield 3.4, "answer the askers", walk.answer
    if until == "waiting":
        yield 0.9, "wait", walk.wait
    if until == "merged":
        yield 0.8, "merge", walk.merge
    if until in CLOSING or until == "reopened":
        outcome = Outcome.OPINION if until == "reopened" else Outcome(until)
        yield 0.7, "close", partial(walk.close, outcome)
    if until == "reopened":
        yield 5, "reopen", walk.reopen
    if until == "corrected":
        yield 26, "correct", partial(walk.revise, VerdictKind.CORRECTION, story.correction)
    if until == "retracted":
        yield 40, "retract", partial(walk.revise, VerdictKind.RETRACTION, story.retraction)
    if story.reconsider:
        yield 60, "ask for reconsideration", walk.ask_again
