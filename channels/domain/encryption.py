"""Encryption of addresses at rest: without SEALING_KEY the table reveals none of them."""

import base64
import hashlib

from cryptography.fernet import Fernet
from django.conf import settings


def _fernet() -> Fernet:
    """Made for each call, so that a changed key (in tests, after a rotation) is never stale."""
    key = hashlib.sha256(settings.SEALING_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def encrypt(plain: str) -> str:
    return _fernet().encrypt(plain.encode()).decode()


def decrypt(token: str) -> str:
    """Return the plain text.

    Raises:
        cryptography.fernet.InvalidToken: encrypted with another key, or not encrypted at all.
    """
    return _fernet().decrypt(token.encode()).decode()
