"""Draft uploads: screenshots stored while a form with errors is shown again.

A browser cannot refill a file field. The folder's name is a hash of the form key, which only that
form knows. What is not submitted within a day is swept.
"""

import hashlib
import os
import secrets
import shutil
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from intake.domain.files import EXTENSIONS, media_path, old_folders, write
from intake.domain.images import MAX_FILES, PreparedImage, reopen

KEPT_FOR = timedelta(hours=24)
_ROOT = "staging"  # the name on disk since before version 0.1.0


def _folder(form_key: str) -> Path:
    return media_path(_ROOT) / hashlib.sha256(b"staging:" + form_key.encode()).hexdigest()[:40]


def save(form_key: str, screenshots: list[PreparedImage]) -> list[PreparedImage]:
    """Store screenshots until the same form is submitted; return all that are stored.

    A screenshot that is stored already is not stored twice; a fifth one is ignored.
    """
    stored = list_uploads(form_key)
    for screenshot in screenshots:
        if len(stored) >= MAX_FILES:
            break
        if screenshot.sha256 in {other.sha256 for other in stored}:
            continue
        name = f"{_next_number(form_key)}-{screenshot.sha256}.{EXTENSIONS[screenshot.media_type]}"
        unfinished = f".{secrets.token_hex(8)}"  # so that a double click never reads half a file
        write(_folder(form_key), unfinished, screenshot.data)
        os.replace(_folder(form_key) / unfinished, _folder(form_key) / name)
        stored.append(screenshot)
    return stored


def _next_number(form_key: str) -> str:
    names = [path.name for path in _files(form_key)]
    return f"{int(names[-1].partition('-')[0]) + 1 if names else 0:03d}"


def _files(form_key: str) -> list[Path]:
    folder = _folder(form_key)
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def list_uploads(form_key: str) -> list[PreparedImage]:
    """Return the screenshots stored for a form, in the order they were uploaded."""
    return [reopen(path.read_bytes()) for path in _files(form_key)[:MAX_FILES]]


def discard(form_key: str, hashes: list[str]) -> None:
    """Delete the stored screenshots with these SHA-256 values: the person removed them."""
    for path in _files(form_key):
        if path.stem.partition("-")[2] in hashes:
            path.unlink(missing_ok=True)


def clear(form_key: str) -> None:
    """Delete everything stored for a form."""
    shutil.rmtree(_folder(form_key), ignore_errors=True)


def sweep() -> int:
    """Delete drafts that are a day old; return the number of forms."""
    old = old_folders(media_path(_ROOT), timezone.now() - KEPT_FOR)
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old)
