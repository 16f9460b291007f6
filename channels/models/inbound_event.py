from django.db import models
from django.utils import timezone


class InboundEvent(models.Model):
    """An event of a channel that was dealt with; written in the transaction that did so, so that
    a second delivery changes nothing. Kept for good: a platform may deliver again at any time."""

    channel = models.CharField(max_length=16)
    # SHA-256 of the platform's id in hex: ids differ in length, and some name a mail server.
    event_hash = models.CharField(max_length=64)
    received_at = models.DateTimeField(default=timezone.now)  # by the server, not a person

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "event_hash"], name="channels_event_once")
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.event_hash[:8]}"
