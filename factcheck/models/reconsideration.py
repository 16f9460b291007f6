from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from factcheck.enums import RequestState
from factcheck.models.notice import Notice

TEXT_LIMIT, DECISION_LIMIT = 3000, 2000  # characters


class Reconsideration(models.Model):
    """A request, by anyone, to reconsider a notice; decided by a reviewer new to the case."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="reconsiderations")
    text = models.TextField(max_length=TEXT_LIMIT)
    form_key = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.OPEN)
    decision = models.TextField(max_length=DECISION_LIMIT, blank=True)  # published, with the reason
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reconsiderations_decided",
    )

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True, decided_by__isnull=True)
                | (
                    ~Q(state="open")
                    & Q(decided_at__isnull=False, decided_by__isnull=False)
                    & ~Q(decision="")
                )
                | (
                    Q(state="undecided", decided_at__isnull=False, decided_by__isnull=True)
                    & ~Q(decision="")
                ),
                name="factcheck_reconsideration_decided",
            )
        ]

    def __str__(self) -> str:
        return f"request {self.pk} on {self.notice_id}"
