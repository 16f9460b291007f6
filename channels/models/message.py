from django.db import models
from django.db.models import Q
from django.utils import timezone

from channels.enums import MessageState


class Message(models.Model):
    """A message to be sent. The row, written with the decision, is the record of work (ADR
    0002); ``dedupe_key`` makes a rerun harmless."""

    channel = models.CharField(max_length=16)  # a name in channels.registry
    purpose = models.CharField(max_length=32)
    # Fernet token: an address is personal data and leaves the table with the message's body.
    recipient_encrypted = models.TextField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    # The body contains what works like a password: encrypted until it is sent, then emptied.
    is_secret = models.BooleanField(default=False)
    dedupe_key = models.CharField(max_length=120, unique=True)
    state = models.CharField(
        max_length=8, choices=MessageState.choices, default=MessageState.PENDING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)  # by a worker, not a person
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["not_before"],
                name="channels_unsent",
                condition=Q(state__in=["pending", "sending"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} ({self.state})"
