"""Audit rows as an earlier release wrote them."""

from django.db import models, transaction
from django.utils import timezone

from accounts.models import User
from audit.domain import chain
from audit.models import AuditEntry


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
