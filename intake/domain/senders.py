"""How many different places reports come from, without knowing any of them.

A network prefix is hashed under a key that is random, changes daily and is destroyed when the day
is over. After that nothing, not even this program, can tell which network a hash stood for.
"""

import hashlib
import hmac
import secrets
from datetime import date

from django.utils import timezone

from intake.models import DailyKey

_HASH_BYTES = 16


def hash_network(network: str) -> str:
    """Return today's hash of a network, 32 hex digits; ``""`` for an unknown network.

    Makes the day's key if this is the day's first report.
    """
    if not network:
        return ""
    key, _ = DailyKey.objects.get_or_create(
        day=timezone.localdate(), defaults={"key": secrets.token_bytes(32)}
    )
    return hmac.digest(bytes(key.key), network.encode(), hashlib.sha256)[:_HASH_BYTES].hex()


def delete_keys_before(day: date) -> int:
    """Destroy the keys of earlier days; their hashes become meaningless numbers."""
    return DailyKey.objects.filter(day__lt=day).delete()[0]
