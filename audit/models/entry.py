from typing import Self

from django.db import models

from audit.enums import AuditEvent


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    def with_event(self, *events: AuditEvent) -> Self:
        """Rows of any of these events, also those written before version 0.1.0."""
        return self.filter(verb__in=[verb for event in events for verb in event.stored_values])


class AuditEntry(models.Model):
    """One decision. No foreign keys: the record outlives what it is about.

    ``hash`` is SHA-256 over the previous row's hash and this row's content, so a changed or
    missing row breaks the chain from there on (``manage.py verify_audit`` names it). Both hashes
    are unique: two rows can never follow the same one, so the chain cannot fork.
    """

    at = models.DateTimeField()
    actor = models.CharField(max_length=64, help_text="user id, 'reporter' or 'system'")
    actor_unit = models.CharField(max_length=64, blank=True)
    verb = models.CharField(max_length=64)
    subject_type = models.CharField(max_length=64)
    subject_id = models.CharField(max_length=64)
    data = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["subject_type", "subject_id", "id"])]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type}:{self.subject_id}"

    @property
    def event(self) -> AuditEvent | None:
        """What ``verb`` means; None for a value that no release has written."""
        return AuditEvent.from_stored(self.verb)
