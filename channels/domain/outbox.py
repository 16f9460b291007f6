"""Messages as rows: written with the decision, claimed once, tried again, emptied."""

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
from channels.exceptions import DeliveryError, PermanentError
from channels.models import Message
from channels.registry import CHANNELS

log = structlog.get_logger("outbox")

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
MAX_ATTEMPTS = 8
STUCK_AFTER = timedelta(minutes=5)  # a live worker is cut off after 90 s (settings)
SWEEP_GRACE = timedelta(seconds=30)  # the broker's own message gets this long
SWEEP_BATCH = 500
KEEP_DAYS = 7  # an answer "I never got it" can be looked into for a week


def queue_email(
    *,
    to: str,
    subject: str,
    body: str,
    purpose: str,
    dedupe_key: str,
    by: User | None = None,
    secret: bool = False,
) -> Message:
    """Write an e-mail to the outbox, in the caller's transaction; it goes out after the commit.
    The same ``dedupe_key`` again returns the first message and sends nothing. ``secret``: the body
    works like a password, so it is sealed while it waits and emptied once it is sent."""
    with transaction.atomic():
        message, created = Message.objects.get_or_create(
            dedupe_key=dedupe_key,
            defaults={
                "channel": "email",
                "purpose": purpose,
                "recipient_sealed": encrypt(to),
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

    The claim is one conditional UPDATE, so of any number of workers one sends. Nothing is held
    while the mail server thinks. Should the worker die between the server's yes and ours, the
    sweep tries again with the same Message-ID: rather twice than never.

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
        _put_back(message, error)
        return False
    changes: dict[str, object] = {"body": ""} if message.is_secret else {}
    _mine(message).update(state=MessageState.SENT, sent_at=timezone.now(), last_error="", **changes)
    log.info("message sent", message=message.pk, purpose=message.purpose)
    return True


def _mine(message: Message) -> QuerySet[Message]:
    """The row, as long as it is still this worker's: a sweep may have given it to another."""
    return Message.objects.filter(
        pk=message.pk, state=MessageState.SENDING, claimed_at=message.claimed_at
    )


def _send(message: Message) -> None:
    try:
        recipient = decrypt(message.recipient_sealed)
        body = decrypt(message.body) if message.is_secret else message.body
    except InvalidToken:
        raise PermanentError("sealed with another SEALING_KEY") from None
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    CHANNELS[message.channel](
        recipient=recipient,
        subject=message.subject,
        body=body,
        message_id=f"<kt-{message.pk}-{message.created_at:%Y%m%d%H%M%S%f}@{host}>",
    )


def wait_after(attempts: int) -> timedelta:
    """One minute after the first attempt, doubling up to an hour."""
    doublings: int = min(max(attempts - 1, 0), MAX_ATTEMPTS)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def _put_back(message: Message, error: DeliveryError) -> None:
    """For another attempt or, when that cannot help, as failed, which is put on record."""
    label = str(error)[:300]
    if isinstance(error, PermanentError) or message.attempts >= MAX_ATTEMPTS:
        _give_up(message, label)
        return
    later = timezone.now() + wait_after(message.attempts)
    _mine(message).update(state=MessageState.PENDING, not_before=later, last_error=label)
    log.warning("message put back", message=message.pk, attempts=message.attempts, error=label)


@transaction.atomic
def _give_up(message: Message, label: str) -> None:
    if _mine(message).update(state=MessageState.FAILED, last_error=label) == 1:
        log.error("message failed", message=message.pk, purpose=message.purpose, error=label)
        record(AuditEvent.MESSAGE_FAILED, message, by=None, attempts=message.attempts, error=label)


def sweep() -> list[int]:
    """Send again what is due and was not taken, and free what a dead worker holds.

    Returns:
        The ids handed to the broker.
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
    """Empty recipient and body of messages that ended (sent or failed) ``days`` ago; the row stays
    as proof that it was sent.

    Returns:
        How many were emptied.
    """
    limit = timezone.now() - timedelta(days=days)
    ended = Q(state=MessageState.SENT, sent_at__lt=limit) | Q(
        state=MessageState.FAILED, claimed_at__lt=limit
    )
    old = Message.objects.filter(ended).exclude(recipient_sealed="")
    last = old.order_by("pk").last()
    if last is None:
        return 0
    count = old.update(recipient_sealed="", body="", subject="")
    record(AuditEvent.MESSAGE_PURGED, last, by=None, count=count)
    return count
