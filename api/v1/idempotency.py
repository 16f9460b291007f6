"""The Idempotency-Key header: a retry after a lost response gives the same receipt.

Anonymous clients share one key space, so a key alone must never open another sender's receipt:
the stored key is derived from the header and from the content. The same header with other content
is recognised by its first half and refused.
"""

import hashlib
from collections.abc import Iterable, Mapping

from django.core.files.uploadedfile import UploadedFile

from intake.domain import receipts
from intake.models import Report

HEADER = "Idempotency-Key"
LIMIT = 64  # characters of the header
_HALF = 32  # hex characters; both halves fill Report.form_key


def form_key(header: str, fields: Mapping[str, object], images: Iterable[UploadedFile]) -> str:
    """64 hex characters: half from the header, half from what is submitted."""
    content = hashlib.sha256()
    for name in sorted(fields):
        content.update(f"{name}\x00{fields[name]}\x00".encode())
    for image in images:
        for chunk in image.chunks():
            content.update(chunk)
        image.seek(0)
        content.update(b"\x00")
    return _prefix(header) + content.hexdigest()[:_HALF]


def is_reused(header: str, key: str) -> bool:
    """Whether the header came before with other content. A range query: LIKE has no index here."""
    prefix = receipts.key_hash(_prefix(header))[:_HALF]  # only hashes of keys are stored
    same_header = Report.objects.filter(form_key__gte=prefix, form_key__lt=prefix + "g")
    return same_header.exclude(form_key=receipts.key_hash(key)).exists()


def _prefix(header: str) -> str:
    return hashlib.sha256(f"api:{header}".encode()).hexdigest()[:_HALF]
