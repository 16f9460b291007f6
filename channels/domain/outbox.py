"""The outbox: messages as rows, written with the decision, claimed once, retried, emptied."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

import structlog
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from audit.domain.log import record
from audit.enums import AuditEvent
from channels.dispatch import enqueue
from channels.domain.encryption import decrypt, encrypt
from channels.enums import MessageState
from channels.exceptions import DeliveryError, PermanentError, TransientError
from channels.models import Message
from channels.registry import CHANNELS

log = structlog.get_logger("outbox")

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
MAX_ATTEMPTS = 8
STUCK_AFTER = timedelta(minutes=5)  # a live worker is cut off after 90 s (settings)
SWEEP_GRACE = timedelta(seconds=30)  # the broker's own message gets this long
SWEEP_BATCH = 500
KEEP_DAYS = 7  # "I never got it" can be looked into for a week


def queue_message(
    *, channel: str, to: str, subject: str, body: str, purpose: str, dedupe_key: str,
    by: User | None = None, secret: bool = False,
) -> Message:  # fmt: skip
    """Write a message to the outbox, in the caller's transaction; it goes out after the commit.

    The same ``dedupe_key`` again returns the first message and sends nothing.

    Args:
        channel: a name in ``channels.registry``; ``to`` is an address as that channel uses it.
        secret: the body works like a password: encrypted while it waits, emptied once sent.
    """
    with transaction.atomic():
        message, created = Message.objects.get_or_create(
            dedupe_key=dedupe_key,
            defaults={
                "channel": channel,
                "purpose": purpose,
                "recipient_encrypted": encrypt(to),
                "subject": " ".join(subject.split())[:200],
                "body": encrypt(body) if secret else body,
                "is_secret": secret,
            },
        )
        if created:
            enqueue("channels.deliver_message", message.pk)
            record(AuditEvent.MESSAGE_QUEUED, message, by=by, purpose=purpose)
    return message


def deliver(message_id: int) -> bool:
    """Send the message unless someone else did, does, or its time has not come.

    The claim is one conditional UPDATE, so of any number of workers one sends. No lock is held
    while the channel's server works. Should the worker die after that server accepted the message
    and before the row says so, the sweep tries again with the same message id: twice rather than
    never.

    Returns:
        Whether this call sent it.
    """
    now = timezone.now()
    claimed = Message.objects.filter(
        pk=message_id, state=MessageState.PENDING, not_before__lte=now
    ).update(state=MessageState.SENDING, claimed_at=now, attempts=F("attempts") + 1)
    if claimed != 1:
        return False
    message = Message.objects.get(pk=message_id)
    try:
        _send(message)
    except DeliveryError as error:
        _retry_or_give_up(message, error)
        return False
    changes: dict[str, object] = {"body": ""} if message.is_secret else {}
    _claimed(message).update(
        state=MessageState.SENT, sent_at=timezone.now(), last_error="", **changes
    )
    log.info("message sent", message=message.pk, purpose=message.purpose)
    return True


def _claimed(message: Message) -> QuerySet[Message]:
    """The row, as long as this worker's claim lasts: a sweep may have given it to another."""
    return Message.objects.filter(
        pk=message.pk, state=MessageState.SENDING, claimed_at=message.claimed_at
    )


def _send(message: Message) -> None:
    try:
        recipient = decrypt(message.recipient_encrypted)
        body = decrypt(message.body) if message.is_secret else message.body
    except InvalidToken:
        raise PermanentError("encrypted with another SEALING_KEY") from None
    channel = CHANNELS.get(message.channel)
    if channel is None:  # removed, or not known yet to a worker of the former release
        raise TransientError(f"no channel {message.channel}")
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    try:
        channel.send(
            recipient=recipient,
            subject=message.subject,
            body=body,
            message_id=f"<kt-{message.pk}-{message.created_at:%Y%m%d%H%M%S%f}@{host}>",
        )
    except DeliveryError:
        raise
    except Exception as error:  # its text may contain the address, the message or a secret
        raise TransientError(type(error).__name__) from None


def wait_after(attempts: int) -> timedelta:
    """One minute after the first attempt, doubling up to an hour."""
    doublings: int = min(max(attempts - 1, 0), MAX_ATTEMPTS)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def _retry_or_give_up(message: Message, error: DeliveryError) -> None:
    """Schedule another attempt or, where that cannot help, mark the message as failed (audited)."""
    label = str(error)[:300]
    if isinstance(error, PermanentError) or message.attempts >= MAX_ATTEMPTS:
        _give_up(message, label)
        return
    not_before = timezone.now() + wait_after(message.attempts)
    _claimed(message).update(state=MessageState.PENDING, not_before=not_before, last_error=label)
    log.warning("message postponed", message=message.pk, attempts=message.attempts, error=label)


@transaction.atomic
def _give_up(message: Message, label: str) -> None:
    if _claimed(message).update(state=MessageState.FAILED, last_error=label) == 1:
        log.error("message failed", message=message.pk, purpose=message.purpose, error=label)
        record(AuditEvent.MESSAGE_FAILED, message, by=None, attempts=message.attempts, error=label)


def sweep() -> list[int]:
    """Enqueue messages that are due and unclaimed, and free those a dead worker had claimed.

    Returns:
        The ids that were enqueued.
    """
    now = timezone.now()
    _free_stuck(now)
    due = Message.objects.filter(
        state=MessageState.PENDING, not_before__lte=now, created_at__lte=now - SWEEP_GRACE
    )
    ids = list(due.order_by("not_before").values_list("pk", flat=True)[:SWEEP_BATCH])
    for message_id in ids:
        enqueue("channels.deliver_message", message_id)
    return ids


def _free_stuck(now: datetime) -> None:
    stuck = Message.objects.filter(state=MessageState.SENDING, claimed_at__lte=now - STUCK_AFTER)
    for message in stuck.filter(attempts__gte=MAX_ATTEMPTS):
        _give_up(message, "the worker died each time")
    freed = stuck.filter(attempts__lt=MAX_ATTEMPTS).update(
        state=MessageState.PENDING, not_before=now, last_error="the worker died"
    )
    if freed:
        log.warning("stuck messages freed", count=freed)


@transaction.atomic
def purge_sent(*, days: int = KEEP_DAYS) -> int:
    """Empty recipient and body of messages sent or given up ``days`` ago; the row stays as proof
    that it was sent.

    Returns:
        How many were emptied.
    """
    before = timezone.now() - timedelta(days=days)
    ended = Q(state=MessageState.SENT, sent_at__lt=before) | Q(
        state=MessageState.FAILED, claimed_at__lt=before
    )
    old = Message.objects.filter(ended).exclude(recipient_encrypted="")
    last = old.order_by("pk").last()
    if last is None:
        return 0
    count = old.update(recipient_encrypted="", body="", subject="")
    record(AuditEvent.MESSAGE_PURGED, last, by=None, count=count)
    return count
