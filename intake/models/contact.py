from django.db import models
from django.utils import timezone

from intake.models.report import Report


class Contact(models.Model):
    """Where to send the answer, if asked. Sealed, in a table of its own, with an end date."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="contact")
    email_sealed = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)
    delete_after = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"contact of report {self.report_id}"
