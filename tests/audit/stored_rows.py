"""Audit rows for tests: any row, a row as written before version 0.1.0, and raw SQL."""

from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from accounts.models import User
from audit.domain import chain
from audit.domain.log import record
from audit.enums import AuditEvent
from audit.models import AuditEntry


def run(sql: str, *params: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def some_entry() -> AuditEntry:
    user = User.objects.create(email="a@example.vn", handle="a")
    with transaction.atomic():
        return record(AuditEvent.CASE_TAKEN, user, by=user)


def write_row(verb: str, subject: models.Model, *, by: User) -> AuditEntry:
    """Append a sound row with any verb; ``record`` itself takes today's events alone."""
    with transaction.atomic():
        last = AuditEntry.objects.order_by("-id").first()
        previous = last.hash if last else chain.GENESIS
        values = {
            "at": timezone.now(),
            "actor": str(by.pk),
            "actor_unit": "",
            "verb": verb,
            "subject_type": subject._meta.label_lower,
            "subject_id": str(subject.pk),
            "data": {},
        }
        current = chain.digest(values, previous)
        return AuditEntry.objects.create(**values, previous_hash=previous, hash=current)
