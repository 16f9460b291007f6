from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from factcheck.enums import ObjectionState
from factcheck.models.case import Case
from intake.models import Report


class JoinObjection(models.Model):
    """A sender's objection "this is not the message I asked about" to the case of a report.

    It detaches nothing by itself: a checker decides, and the objection is kept either way.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="join_objections")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="join_objections")
    made_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(
        max_length=8, choices=ObjectionState.choices, default=ObjectionState.OPEN
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="objections_decided",
    )

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["report", "case"], name="factcheck_objection_once"),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state="open") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="factcheck_objection_decided_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}≠{self.case_id} {self.state}"
