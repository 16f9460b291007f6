"""Pictures of a form that was shown again: a browser cannot refill a file field, so they wait here.

The folder's name is a hash of the form key, which only that form knows. Whatever is not sent
within a day is swept.
"""

import hashlib
import os
import secrets
import shutil
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from intake.domain.files import EXTENSIONS, media_path, old_folders, write
from intake.domain.images import MAX_FILES, PreparedImage, reopened

KEPT_FOR = timedelta(hours=24)
_ROOT = "staging"


def _folder(form_key: str) -> Path:
    return media_path(_ROOT) / hashlib.sha256(b"staging:" + form_key.encode()).hexdigest()[:40]


def save(form_key: str, pictures: list[PreparedImage]) -> list[PreparedImage]:
    """Keep pictures for the next sending of the same form; return all that are kept.

    A picture that is there already is not kept twice; more than four are not kept at all.
    """
    kept = list_uploads(form_key)
    for picture in pictures:
        if len(kept) >= MAX_FILES:
            break
        if picture.sha256 in {other.sha256 for other in kept}:
            continue
        name = f"{_next_number(form_key)}-{picture.sha256}.{EXTENSIONS[picture.media_type]}"
        unfinished = f".{secrets.token_hex(8)}"  # never read half a file of a double click
        write(_folder(form_key), unfinished, picture.data)
        os.replace(_folder(form_key) / unfinished, _folder(form_key) / name)
        kept.append(picture)
    return kept


def _next_number(form_key: str) -> str:
    names = [path.name for path in _files(form_key)]
    return f"{int(names[-1].partition('-')[0]) + 1 if names else 0:03d}"


def _files(form_key: str) -> list[Path]:
    folder = _folder(form_key)
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def list_uploads(form_key: str) -> list[PreparedImage]:
    """Return the pictures kept for a form, in the order they came."""
    return [reopened(path.read_bytes()) for path in _files(form_key)[:MAX_FILES]]


def discard(form_key: str, hashes: list[str]) -> None:
    """Delete the kept pictures with these SHA-256 values: the person no longer wants them."""
    for path in _files(form_key):
        if path.stem.partition("-")[2] in hashes:
            path.unlink(missing_ok=True)


def clear(form_key: str) -> None:
    """Delete everything kept for a form."""
    shutil.rmtree(_folder(form_key), ignore_errors=True)


def sweep() -> int:
    """Delete what has waited for a day; return how many forms that were."""
    old = old_folders(media_path(_ROOT), timezone.now() - KEPT_FOR)
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old)
