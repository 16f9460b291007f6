"""Sender hashes: how many different senders reports have, without knowing any of them.

A network prefix, or an address of a channel, is hashed under a key that is random, changes daily
and is destroyed when the day is over. After that nothing, not even this program, can tell which
sender a hash belongs to.
"""

import hashlib
import hmac
import secrets
from datetime import date

from django.utils import timezone

from intake.models import DailyKey

_HASH_BYTES = 16


def hash_sender(sender: str) -> str:
    """Return today's hash of a sender, 32 hex digits; ``""`` for an unknown one.

    Makes the day's key if this is the day's first report.
    """
    if not sender:
        return ""
    key, _ = DailyKey.objects.get_or_create(
        day=timezone.localdate(), defaults={"key": secrets.token_bytes(32)}
    )
    return hmac.digest(bytes(key.key), sender.encode(), hashlib.sha256)[:_HASH_BYTES].hex()


def delete_keys_before(day: date) -> int:
    """Destroy the keys of earlier days; their hashes become meaningless numbers."""
    return DailyKey.objects.filter(day__lt=day).delete()[0]
