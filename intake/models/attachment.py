from django.db import models
from django.db.models import Q
from django.utils import timezone

from intake.models.report import Report


class Attachment(models.Model):
    """A screenshot, re-encoded at intake so that no metadata of the sender's phone is kept."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="attachments")
    position = models.PositiveSmallIntegerField()  # 0..3
    path = models.CharField(max_length=200, unique=True)  # below MEDIA_ROOT, random name
    media_type = models.CharField(max_length=20)
    width = models.PositiveIntegerField()  # pixels
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["report", "position"], name="intake_attachment_pos"),
            models.CheckConstraint(condition=Q(position__lt=4), name="intake_attachment_max"),
        ]

    def __str__(self) -> str:
        return self.path
