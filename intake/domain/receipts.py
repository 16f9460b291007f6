"""Receipts: the code with which an anonymous reporter reads the answer.

A receipt is 120 bits of HMAC-SHA256 over the form key, so a retry of the same form shows the same
receipt although only keyed hashes of both are stored. 120 bits cannot be guessed, so the hash needs
no salt and no slow function (ASVS 5.0, 6.5.2), and a lookup is one index probe.
"""

import hashlib
import hmac
import re
import unicodedata

from django.conf import settings
from django.urls import reverse

from intake.models import Report

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base32: no I, L, O, U
LENGTH = 24
_GROUP = 4
_BYTES = 15
_LONGEST_INPUT = 400  # characters; enough for a pasted link with the code after '#'
_READ_AS = str.maketrans("OIL", "011")
_NOISE = re.compile(r"[\W_]+")


def _hmac(purpose: bytes, message: str) -> bytes:
    key = hmac.digest(settings.RECEIPT_KEY.encode(), purpose, hashlib.sha256)
    return hmac.digest(key, message.encode(), hashlib.sha256)


def for_form_key(form_key: str) -> str:
    """Return the 24 characters that belong to a form key; the same ones each time."""
    number = int.from_bytes(_hmac(b"receipt", form_key)[:_BYTES], "big")
    return "".join(ALPHABET[number >> shift & 31] for shift in range(LENGTH * 5 - 5, -1, -5))


def pretty(code: str) -> str:
    """Return the code in groups of four, as shown and as read out."""
    return " ".join(groups(code))


def groups(code: str) -> list[str]:
    """Return the six groups of four characters."""
    return [code[start : start + _GROUP] for start in range(0, len(code), _GROUP)]


def parse(text: str) -> str | None:
    """Return the code a person meant, or None if it cannot be one.

    Accepts lower case, O for 0, I and L for 1, any spaces and dashes, full-width letters, and a
    pasted tracking link whose fragment is the code.
    """
    if len(text) > _LONGEST_INPUT:
        return None
    plain = unicodedata.normalize("NFKC", text).rpartition("#")[2]
    code = _NOISE.sub("", plain).upper().translate(_READ_AS)
    if len(code) != LENGTH or any(letter not in ALPHABET for letter in code):
        return None
    return code


def key_hash(form_key: str) -> str:
    """Return the hash stored for a form key, 64 hex digits, so that reading the table does not
    reveal receipts.

    The first half depends on the first 32 characters only, so that keys which begin alike can be
    found by a range (``api.v1.idempotency``).
    """
    halves = (_hmac(b"form-key", form_key[:32]), _hmac(b"form-key", form_key))
    return "".join(half[:16].hex() for half in halves)


def hash_code(code: str) -> str:
    """Return what is stored: HMAC-SHA256 under a second key derived from RECEIPT_KEY."""
    return _hmac(b"receipt-hash", code).hex()


def tracking_url() -> str:
    """Address of the page where a receipt is looked up."""
    return str(settings.SITE_URL) + reverse("public:track")


def find(code: str) -> Report | None:
    """Return the report of a parsed code with its unit. One index probe, found or not."""
    return Report.objects.select_related("unit").filter(receipt_hash=hash_code(code)).first()
