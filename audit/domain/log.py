"""The audit record: writing rows, and reading the rows about one object."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.utils import timezone

from audit.domain import chain
from audit.enums import AuditEvent
from audit.models import AuditEntry, AuditEntryQuerySet

SYSTEM = "system"
# An arbitrary number, the same for every process.
CHAIN_LOCK = 7_161_823_001


@dataclass(frozen=True)
class NewEntry:
    """One row to be written by ``record_all``."""

    event: AuditEvent
    subject: models.Model
    data: Mapping[str, Any] = field(default_factory=dict)


def _portable(value: Any) -> Any:
    """The value as either database will return it. PostgreSQL stores a JSON number as a decimal, so
    1e20 comes back as an integer and -0.0 as 0.0: a float is written as text."""
    if isinstance(value, float):
        return format(value, ".6g")
    if isinstance(value, Mapping):
        return {str(key): _portable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_portable(item) for item in value]
    return value


def _json_data(data: Mapping[str, Any]) -> dict[str, Any]:
    text = json.dumps(_portable(data), cls=DjangoJSONEncoder, allow_nan=False)
    decoded: dict[str, Any] = json.loads(text)
    return decoded


def _lock_chain() -> str:
    """Lock the end of the chain until the transaction ends; returns the last hash.

    On SQLite every transaction is IMMEDIATE (settings), so the database is locked already.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "A decision is recorded in the transaction that makes it."
        )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    last = AuditEntry.objects.order_by("-id").values_list("hash", flat=True).first()
    return last or chain.GENESIS


def record_all(
    decisions: Iterable[NewEntry],
    *,
    by: AbstractBaseUser | None,
    unit: models.Model | None = None,
    actor: str | None = None,
) -> list[AuditEntry]:
    """Record many decisions of one person at once, with as few queries as ``bulk_create`` needs.

    Raises:
        TransactionManagementError: outside a transaction.
    """
    previous = _lock_chain()
    now = timezone.now()
    actor = actor or (str(by.pk) if by is not None else SYSTEM)
    entries = []
    for decision in decisions:
        values = {
            "at": now,
            "actor": actor,
            "actor_unit": str(unit.pk) if unit is not None else "",
            "verb": decision.event.value,
            "subject_type": decision.subject._meta.label_lower,
            "subject_id": str(decision.subject.pk),
            "data": _json_data(decision.data),
        }
        current = chain.digest(values, previous)
        entries.append(AuditEntry(**values, previous_hash=previous, hash=current))
        previous = current
    return AuditEntry.objects.bulk_create(entries)


def record(
    event: AuditEvent,
    subject: models.Model,
    *,
    by: AbstractBaseUser | None,
    unit: models.Model | None = None,
    actor: str | None = None,
    **data: Any,
) -> AuditEntry:
    """Write one decision into the chain, in the caller's transaction.

    Locks the chain until that transaction ends, so call it last: everyone else waits.

    Args:
        by: who did it; None for the system or, with ``actor``, a reporter.
        unit: the unit in whose name it was done.
        data: ids and codes only, never the text of a report, an address or a receipt.

    Raises:
        TransactionManagementError: outside a transaction.
    """
    decision = NewEntry(event, subject, data)
    return record_all([decision], by=by, unit=unit, actor=actor)[0]


def history(subject: models.Model) -> AuditEntryQuerySet:
    """Every recorded decision about one object, oldest first."""
    return AuditEntry.objects.filter(
        subject_type=subject._meta.label_lower, subject_id=str(subject.pk)
    ).order_by("id")
