from django.db import models
from django.db.models import Q
from django.utils import timezone

from intake.enums import ReadingState
from intake.models.attachment import Attachment


class PictureReading(models.Model):
    """What was computed from a screenshot: the text in it and its perceptual hash.

    Derived, so it can be computed again; deleted with the screenshot.
    """

    attachment = models.OneToOneField(
        Attachment, on_delete=models.CASCADE, related_name="reading", primary_key=True
    )
    state = models.CharField(
        max_length=8, choices=ReadingState.choices, default=ReadingState.WAITING
    )
    tries = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(blank=True)
    perceptual_hash = models.CharField(max_length=16, blank=True)  # matching.image_hash
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    matched_at = models.DateTimeField(null=True, blank=True)  # by the pipeline, not a person

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="read", read_at__isnull=False) | ~Q(state="read"),
                name="intake_reading_read_at",
            )
        ]
        indexes = [
            models.Index(
                fields=["created_at"], condition=Q(state="waiting"), name="intake_reading_waiting"
            ),
            models.Index(
                fields=["read_at"],
                condition=Q(state="read", matched_at__isnull=True),
                name="intake_reading_unmatched",
            ),
        ]

    def __str__(self) -> str:
        return f"reading of {self.attachment_id}: {self.state}"
