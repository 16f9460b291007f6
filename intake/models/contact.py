from django.db import models
from django.utils import timezone

from intake.models.report import Report


class Contact(models.Model):
    """Where to send the answer, if asked. Encrypted, in a table of its own, with an end date."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="contact")
    channel = models.CharField(max_length=16)  # a name in channels.registry
    address_encrypted = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)
    delete_after = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"contact of report {self.report_id}"
