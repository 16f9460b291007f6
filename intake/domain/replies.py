"""What the sender of a report is told: on purpose, once, and only this.

The tracking page and the answer's e-mail are made from these rows alone, so nothing from a case
can leak to them. Neither ever shows what was sent: a receipt that is found or guessed must not
reveal what somebody wrote.
"""

from dataclasses import dataclass
from datetime import datetime

import structlog
from cryptography.fernet import InvalidToken
from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from audit.domain import log
from audit.enums import AuditEvent
from channels.domain import outbox
from intake.domain import answer_email, contacts
from intake.domain.reply_keys import ReplyKey
from intake.enums import Stage
from intake.models import Reply, Report

logger = structlog.get_logger("intake")
ORDER = [Stage.RECEIVED, Stage.CHECKING, Stage.IN_REVIEW, Stage.ANSWERED]


@dataclass(frozen=True)
class TimelineStep:
    """One line of the tracking page. ``at`` is None while it lies ahead."""

    stage: Stage
    label: str
    at: datetime | None
    note: str = ""
    is_current: bool = False


@dataclass(frozen=True)
class Timeline:
    stage: Stage
    steps: list[TimelineStep]
    answer: Reply | None  # the latest one
    is_corrected: bool = False  # there was an earlier answer


def create_reply(
    report: Report,
    stage: Stage,
    *,
    key: ReplyKey,
    title: str = "",
    body: str = "",
    advice: str = "",
    verdict: str = "",
    verdict_label: str = "",
    url: str = "",
    by: User | None = None,
) -> tuple[Reply, bool]:
    """Tell the sender of a report something; with ANSWERED, also by e-mail if they left one.

    Telling the same ``key`` again changes nothing and sends nothing. ``url`` is a path of this
    site. Audited with the stage and the key, without the words.

    Returns:
        The reply, and whether it is new.

    Raises:
        ValueError: ``key`` is empty, or ``url`` leads elsewhere.
    """
    if not key or (url and (not url.startswith("/") or url.startswith("//"))):
        raise ValueError("A reply needs a key, and a link within this site.")
    with transaction.atomic():
        reply, created = Reply.objects.get_or_create(
            report=report,
            key=key,
            defaults={
                "stage": stage, "title": title, "body": body, "advice": advice,
                "verdict": verdict, "verdict_label": verdict_label, "url": url,
            },
        )  # fmt: skip
        if created:
            if stage == Stage.ANSWERED:
                _email_reply(reply, by=by)
            log.record(
                AuditEvent.REPORTER_NOTIFIED,
                report,
                by=by,
                stage=str(stage),
                key=key,
                reply=reply.pk,
            )
    return reply, created


def _email_reply(reply: Reply, *, by: User | None) -> None:
    try:
        address = contacts.address_of(reply.report)
    except InvalidToken:  # another SEALING_KEY: nobody can open it; the tracking page still answers
        logger.error("contact_cannot_be_opened", report=reply.report_id)
        return
    if address:
        again = answers(reply.report).exclude(pk=reply.pk).exists()
        letter = answer_email.compose(reply, is_correction=again)
        outbox.queue_email(
            to=address,
            subject=letter.subject,
            body=letter.body,
            purpose="answer",
            dedupe_key=f"reply:{reply.pk}",
            by=by,
        )


def answers(report: Report) -> QuerySet[Reply]:
    """Return the answers a report has got, the first one first."""
    return report.replies.filter(stage=Stage.ANSWERED)


def timeline(report: Report) -> Timeline:
    """Return the stages a report has gone through and those ahead, with the latest answer.

    A stage that was never told although a later one was (an opinion needs no second person) is
    left out: the page claims only what happened. Two queries at most.
    """
    told = list(report.replies.all())
    first = {stage: reply for reply in reversed(told) for stage in [Stage(reply.stage)]}
    reached = max([0, *(ORDER.index(stage) for stage in first)])
    answered = [reply for reply in told if reply.stage == Stage.ANSWERED]
    steps: list[TimelineStep] = []
    for at, stage in enumerate(ORDER):
        reply = first.get(stage)
        when = reply.created_at if reply else None
        note = reply.body if reply and stage != Stage.ANSWERED else ""
        if stage == Stage.RECEIVED:
            when = report.created_at
        if when or at > reached:
            steps.append(TimelineStep(stage, str(stage.label), when, note, at == reached))
    return Timeline(ORDER[reached], steps, answered[-1] if answered else None, len(answered) > 1)
