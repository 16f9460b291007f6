from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Unit
from factcheck.enums import ConcernKind, ConcernOrigin, ConcernState
from factcheck.models.case import Case

STRIKE_REASON_LIMIT = 300


class ConcernedUnit(models.Model):
    """A unit whose act, decision or care a case's claim is about, or whose document it quotes.

    Proposed by the machine or by a checker. Striking it out takes two people: who proposes it and
    why is stored here, the second person confirms it in the review. A row is never deleted.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="concerned_units")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="concerned_in")
    concern = models.CharField(max_length=10, choices=ConcernKind.choices)
    state = models.CharField(
        max_length=10, choices=ConcernState.choices, default=ConcernState.PROPOSED
    )
    origin = models.CharField(max_length=12, choices=ConcernOrigin.choices)
    proposed_at = models.DateTimeField(default=timezone.now)
    proposed_by = models.ForeignKey(  # empty: the machine
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="concerned_units_proposed",
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="concerned_units_accepted",
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "unit"], name="factcheck_concerned_once"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="factcheck_concerned_accepted_pair",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(accepted_at__isnull=False),
                name="factcheck_concerned_accepted_by_someone",
            ),
            # Only what a sender wrote may stop counting while the second person is asked.
            models.CheckConstraint(
                condition=~Q(state="question") | Q(origin__in=["text", "picture", "later_report"]),
                name="factcheck_concerned_question",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} in {self.case_id}: {self.state}"

    @property
    def counts(self) -> bool:
        """Whether the unit counts as concerned now."""
        return self.state in (ConcernState.PROPOSED, ConcernState.ACCEPTED)
