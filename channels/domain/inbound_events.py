"""Idempotency of inbound messages: one row per event of a channel."""

import hashlib

from django.db import IntegrityError, transaction

from channels.models import InboundEvent


def event_hash(event_id: str) -> str:
    """What is stored of a platform's id: SHA-256 in 64 hex digits."""
    return hashlib.sha256(event_id.encode(errors="surrogatepass")).hexdigest()


def claim(channel: str, event_id: str) -> bool:
    """Note that the caller's transaction deals with this event; False if another one did.

    Two deliveries at the same moment: the second waits until the first one's transaction has
    ended, and gets the event only if that one was rolled back.

    Raises:
        ValueError: an empty id, under which all later messages would be the same event.
    """
    if not event_id:
        raise ValueError("an event needs an id")
    try:
        with transaction.atomic():
            InboundEvent.objects.create(channel=channel, event_hash=event_hash(event_id))
    except IntegrityError:
        return False
    return True
