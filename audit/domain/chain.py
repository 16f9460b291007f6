"""The hash chain: how a row's hash is computed, and the check that finds the first broken row."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from audit.models import AuditEntry

GENESIS = "0" * 64  # previous hash of the first row
BATCH = 2000  # rows in memory at once
HASHED = ("at", "actor", "actor_unit", "verb", "subject_type", "subject_id", "data")
FIELDS = ("id", *HASHED, "previous_hash", "hash")


class ChainError(StrEnum):
    CHANGED = "changed"  # the row's content does not give its hash
    MISSING = "missing"  # the row it follows is not the one before it
    HEAD = "head"  # the first rows are missing
    UNREADABLE = "unreadable"  # a value that no version of the product could have written


@dataclass(frozen=True)
class BrokenLink:
    entry_id: int
    error: ChainError


@dataclass(frozen=True)
class ChainReport:
    """Result of one check: ``count`` sound rows, and the last hash, ``head``, to keep elsewhere."""

    broken: BrokenLink | None
    count: int
    head: str
    earlier_head_seen: bool


def canonical(values: dict[str, Any], previous_hash: str) -> bytes:
    """The bytes to hash: the same for the same content in any database, time zone or key order."""
    content = {name: values[name] for name in HASHED}
    at = content["at"]
    content["at"] = at.astimezone(UTC).isoformat() if isinstance(at, datetime) else repr(at)
    content["previous_hash"] = previous_hash
    return json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode("utf-8", "surrogatepass")


def digest(values: dict[str, Any], previous_hash: str) -> str:
    return hashlib.sha256(canonical(values, previous_hash)).hexdigest()


def _batch(after: int) -> tuple[list[dict[str, Any]], int | None]:
    """The next rows by id, and the id of the row at which reading them failed, if it did.

    Pages by key, not by one long cursor, which would outlive the database's statement timeout
    on a long chain.
    """
    page = AuditEntry.objects.filter(id__gt=after).order_by("id")
    try:
        return list(page.values(*FIELDS)[:BATCH]), None
    except (ValueError, TypeError):
        rows: list[dict[str, Any]] = []
        for entry_id in page.values_list("id", flat=True)[:BATCH]:
            try:
                rows += AuditEntry.objects.filter(id=entry_id).values(*FIELDS)
            except (ValueError, TypeError):
                return rows, int(entry_id)
        return rows, None


def _error_in(row: dict[str, Any], previous: str) -> ChainError | None:
    if row["previous_hash"] != previous:
        return ChainError.HEAD if previous == GENESIS else ChainError.MISSING
    try:
        sound = digest(row, previous) == row["hash"]
    except (ValueError, TypeError):
        return ChainError.UNREADABLE
    return None if sound else ChainError.CHANGED


def check_chain(
    *, earlier_head: str = "", progress: Callable[[int], None] | None = None
) -> ChainReport:
    """Check every row in id order, a batch at a time, and stop at the first broken one.

    Args:
        earlier_head: the head of an earlier check; rows cut off the end leave no trace in the
            chain itself, so only such a note can show that they are missing.
        progress: called with the number of rows checked so far, once a batch.
    """
    previous, last_id, count = GENESIS, 0, 0
    seen = earlier_head in ("", GENESIS)
    while True:
        rows, unreadable = _batch(last_id)
        if not rows and unreadable is None:
            return ChainReport(None, count, previous, seen)
        for row in rows:
            error = _error_in(row, previous)
            if error:
                return ChainReport(BrokenLink(int(row["id"]), error), count, previous, seen)
            previous, last_id, count = row["hash"], row["id"], count + 1
            seen = seen or previous == earlier_head
        if unreadable is not None:
            broken = BrokenLink(unreadable, ChainError.UNREADABLE)
            return ChainReport(broken, count, previous, seen)
        if progress:
            progress(count)
