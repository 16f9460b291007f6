from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models.unit import Unit


class GuardedAct(models.Model):
    """One act that changes what an asker is told, with its proposal and its confirmation.

    It is inserted as a proposal. Later it is confirmed by another person, or ended: a proposal by
    being declined or withdrawn, a confirmed act by being revoked. The database refuses a
    confirmation by the proposer, a change of what was proposed or confirmed, and deletion.

    ``subject`` is ``"app.model:pk"`` of the row it is about, ``details`` holds ids and codes only.
    An act without a proposer is the operator's, who has the server and perhaps no account.
    """

    kind = models.CharField(max_length=32)  # accounts.enums.GuardedKind
    subject = models.CharField(max_length=100)
    details = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    proposed_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by_operator = models.BooleanField(default=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | (Q(proposed_by__isnull=False) & ~Q(confirmed_by=F("proposed_by"))),
                name="accounts_act_second_person",
            ),
            models.CheckConstraint(
                condition=Q(
                    confirmed_at__isnull=True,
                    confirmed_by__isnull=True,
                    confirmed_unit__isnull=True,
                    confirmed_by_operator=False,
                )
                | Q(
                    confirmed_at__isnull=False,
                    confirmed_by__isnull=False,
                    confirmed_by_operator=False,
                )
                | Q(
                    confirmed_at__isnull=False,
                    confirmed_by__isnull=True,
                    confirmed_by_operator=True,
                ),
                name="accounts_act_confirmed_pair",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False) | Q(ended_by__isnull=True, end_reason=""),
                name="accounts_act_ended_pair",
            ),
        ]
        indexes = [models.Index(fields=["subject", "kind"], name="accounts_act_subject")]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"

    @property
    def is_pending(self) -> bool:
        """Whether it still waits for its second person."""
        return self.confirmed_at is None and self.ended_at is None

    @property
    def is_confirmed(self) -> bool:
        """Whether it counts now: confirmed and not revoked since."""
        return self.confirmed_at is not None and self.ended_at is None
