from django.db import models
from django.db.models import Q
from django.utils import timezone

from intake.enums import Stage
from intake.models.report import Report


class Reply(models.Model):
    """One message written for the sender of one report; the tracking page shows these."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="replies")
    stage = models.CharField(max_length=12, choices=Stage.choices)
    # intake.domain.reply_keys.ReplyKey; unique per report, so nothing is sent twice.
    key = models.CharField(max_length=80)
    claim = models.CharField(max_length=500, blank=True, default="")  # the checked one
    title = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    advice = models.TextField(blank=True)
    verdict = models.CharField(max_length=20, blank=True)  # a factcheck.enums.Rating value
    verdict_label = models.CharField(
        max_length=80, blank=True
    )  # as it was shown, in the report's language
    # The advice is shown before everything else: a warning.
    act_first = models.BooleanField(default=False)
    url = models.CharField(max_length=500, blank=True)  # site path of the notice, if public
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="intake_reply_once"),
            models.CheckConstraint(condition=~Q(key=""), name="intake_reply_has_key"),
        ]
        # Who got a version of a notice, looked up by the keys alone. Not db_index, which on
        # PostgreSQL makes a second one for the beginnings of texts.
        indexes = [models.Index(fields=["key"], name="intake_reply_key")]

    def __str__(self) -> str:
        return f"{self.key} → {self.report_id}"
