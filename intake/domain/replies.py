"""Replies to the sender of a report: each written on purpose, once.

The tracking page and the message with the answer are made from these rows alone, so nothing from a
case can leak to them. Neither ever shows what was sent: a receipt that is found or guessed must
not reveal what somebody wrote.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict, Unpack

import structlog
from cryptography.fernet import InvalidToken
from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from audit.domain import log
from audit.enums import AuditEvent
from channels.domain import outbox
from channels.registry import CHANNELS
from intake.domain import answer_message, contacts, reply_keys
from intake.domain.reply_keys import OBJECTED, ReplyKey
from intake.enums import Stage
from intake.models import Reply, Report

logger = structlog.get_logger("intake")
ORDER = [Stage.RECEIVED, Stage.CHECKING, Stage.IN_REVIEW, Stage.ANSWERED]


@dataclass(frozen=True)
class TimelineStep:
    """One line of the tracking page. ``at`` is the time, None while the stage lies ahead."""

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
    advice: Reply | None = None  # what to do meanwhile; only while there is no answer
    is_objected: bool = False  # its sender says that it is not about their message


class ReplyContent(TypedDict, total=False):
    """What a reply may contain besides its stage; ``url`` is a path of this site."""

    claim: str
    title: str
    body: str
    advice: str
    verdict: str
    verdict_label: str
    url: str
    act_first: bool


def create_reply(
    report: Report, stage: Stage, *, key: ReplyKey, by: User | None = None,
    **content: Unpack[ReplyContent],
) -> tuple[Reply, bool]:  # fmt: skip
    """Write a reply to the sender of a report; with ANSWERED, also send it to their contact.

    The same ``key`` again changes nothing and sends nothing. Audited with the stage and the key,
    without the text.

    Returns:
        The reply, and whether it is new.

    Raises:
        ValueError: ``key`` is empty, or ``url`` leads elsewhere.
    """
    if not key or not _is_local(content.get("url", "")):
        raise ValueError("A reply needs a key, and a link within this site.")
    with transaction.atomic():
        reply, created = Reply.objects.get_or_create(
            report=report, key=key, defaults={"stage": stage, **content}
        )
        if created:
            if stage == Stage.ANSWERED or reply.act_first:
                _send_answer(reply, by=by)
            data: dict[str, Any] = {"stage": str(stage), "key": key, "reply": reply.pk}
            log.record(AuditEvent.REPORTER_NOTIFIED, report, by=by, **data)
    return reply, created


def _is_local(url: str) -> bool:
    return not url or (url.startswith("/") and not url.startswith("//"))


def _send_answer(reply: Reply, *, by: User | None) -> None:
    """Queue the answer for the reporter's contact, through the channel it belongs to."""
    try:
        contact = contacts.contact_of(reply.report)
    except InvalidToken:  # another SEALING_KEY: the tracking page still shows the answer
        logger.error("contact_cannot_be_opened", report=reply.report_id)
        return
    if contact is None:
        return
    channel = CHANNELS.get(contact.channel)
    if channel is None:  # not installed any more; the tracking page still shows the answer
        logger.error("contact_without_channel", report=reply.report_id, channel=contact.channel)
        return
    is_correction = bool(_checked(answers(reply.report).exclude(pk=reply.pk)))
    message = answer_message.compose(reply, channel, is_correction=is_correction)
    outbox.queue_message(
        channel=contact.channel,
        to=contact.address,
        subject=message.subject,
        body=message.body,
        purpose="answer",
        dedupe_key=f"reply:{reply.pk}",
        by=by,
    )


def answers(report: Report) -> QuerySet[Reply]:
    """Return the answers a report has got, oldest first."""
    return report.replies.filter(stage=Stage.ANSWERED)


def _checked(given: Iterable[Reply]) -> list[Reply]:
    """Those answers that people have checked for this report."""
    return [reply for reply in given if not reply_keys.is_automatic(reply.key)]


def shown_answers(report: Report) -> list[Reply]:
    """The answers of a report, newest first; after a warning none that came before it, since an
    earlier one may have said the opposite."""
    newest_first = list(answers(report).order_by("-created_at", "-pk"))
    if newest_first and newest_first[0].act_first:
        return newest_first[:1]
    return newest_first


def timeline(report: Report) -> Timeline:
    """Return the stages a report has gone through and those ahead, with the latest answer.

    A stage without a reply before one that has a reply (an opinion needs no second person) is left
    out: the page claims only what happened. One query.
    """
    rows = list(report.replies.all())
    all_replies = [reply for reply in rows if not reply.key.startswith(OBJECTED)]
    reached = max([0, *(ORDER.index(Stage(reply.stage)) for reply in all_replies)])
    answered = [reply for reply in all_replies if reply.stage == Stage.ANSWERED]
    advice = next((reply for reply in reversed(all_replies) if reply.act_first), None)
    answer = answered[-1] if answered else None
    return Timeline(
        ORDER[reached],
        _steps(report, all_replies, reached),
        answer,
        is_corrected=len(_checked(answered)) > 1,
        advice=None if answered else advice,
        is_objected=_is_objected(answer, rows),
    )


def _steps(report: Report, all_replies: list[Reply], reached: int) -> list[TimelineStep]:
    """The stages that happened, each with the time of its first reply and the note of its last,
    and those after the one that was reached."""
    first = {Stage(reply.stage): reply for reply in reversed(all_replies)}
    latest = {Stage(reply.stage): reply for reply in all_replies}
    steps: list[TimelineStep] = []
    for position, stage in enumerate(ORDER):
        reply = first.get(stage)
        moment = reply.created_at if reply else None
        note = latest[stage].body if reply and stage != Stage.ANSWERED else ""
        if stage == Stage.RECEIVED:
            moment = report.created_at
        if moment or position > reached:
            is_current = position == reached
            steps.append(TimelineStep(stage, str(stage.label), moment, note, is_current))
    return steps


def _is_objected(answer: Reply | None, rows: list[Reply]) -> bool:
    """Whether the sender said of this very answer that it is not about their message."""
    if answer is None:
        return False
    return ReplyKey.for_objection(answer.pk) in {reply.key for reply in rows}
