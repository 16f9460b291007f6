"""Files on disk: written and synced before the row that names them is committed.

A crash in between leaves a folder without rows, which ``sweep_orphans`` removes a day later; there
is never a row without its file.
"""

import os
import secrets
import shutil
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from intake.domain.images import MEDIA_TYPES, PreparedImage
from intake.models import Attachment

ORPHAN_AGE = timedelta(hours=24)
EXTENSIONS = {MEDIA_TYPES["JPEG"]: "jpg", MEDIA_TYPES["PNG"]: "png", MEDIA_TYPES["WEBP"]: "webp"}
_BATCH = 500


def media_path(relative: str) -> Path:
    """Return the absolute path of a stored path."""
    return Path(settings.MEDIA_ROOT) / relative


def write(folder: Path, name: str, data: bytes) -> None:
    """Write a new file, readable by this program alone, and sync it.

    Raises:
        OSError: no space, or a file of that name is there already.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make the names in a folder as durable as the files' contents."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def store(prefix: str, screenshots: list[PreparedImage]) -> list[str]:
    """Write screenshots under random names below ``MEDIA_ROOT/prefix``; return their paths.

    When it returns, files and folder entries are on disk.
    """
    paths: list[str] = []
    for screenshot in screenshots:
        name = f"{secrets.token_hex(16)}.{EXTENSIONS[screenshot.media_type]}"
        write(media_path(prefix), name, screenshot.data)
        paths.append(f"{prefix}/{name}")
    if paths:
        for folder in (
            media_path(prefix),
            media_path(prefix).parent,
            media_path(prefix).parent.parent,
        ):
            sync_folder(folder)
    return paths


def remove_folder(prefix: str) -> None:
    """Delete a report's folder; no error if it is gone already."""
    shutil.rmtree(media_path(prefix), ignore_errors=True)


def old_folders(parent: Path, before: datetime) -> list[Path]:
    """Return the folders in ``parent`` that have not changed since ``before``."""
    if not parent.is_dir():
        return []
    with os.scandir(parent) as entries:
        return [
            Path(entry.path)
            for entry in entries
            if entry.is_dir(follow_symlinks=False) and entry.stat().st_mtime <= before.timestamp()
        ]


def sweep_orphans() -> int:
    """Delete report folders older than a day that no row names; return how many.

    One folder is written by one attempt to submit, so all of it is orphaned or nothing.
    """
    prefix = settings.REPORT_MEDIA_PREFIX
    folders = old_folders(media_path(prefix), timezone.now() - ORPHAN_AGE)
    removed = 0
    for start in range(0, len(folders), _BATCH):
        names = {folder.name: folder for folder in folders[start : start + _BATCH]}
        owned = Attachment.objects.filter(report__public_id__in=_uuids(names))
        in_use = {str(public_id) for public_id in owned.values_list("report__public_id", flat=True)}
        for name in names.keys() - in_use:
            remove_folder(f"{prefix}/{name}")
            removed += 1
    return removed


def _uuids(names: Iterable[str]) -> list[UUID]:
    uuids: list[UUID] = []
    for name in names:
        with suppress(ValueError):  # not a folder of a report
            uuids.append(UUID(name))
    return uuids
