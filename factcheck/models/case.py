from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from accounts.models import Unit
from factcheck.enums import CaseStatus, Outcome, Urgency


class Topic(models.Model):
    slug = models.SlugField(max_length=40, unique=True)
    name_vi = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return self.name_en if (get_language() or "vi").startswith("en") else self.name_vi


class Case(models.Model):
    """One claim being checked; groups the reports that make it.

    ``status`` is written by ``factcheck.workflow.transition`` alone; ``version`` rises with every
    change so that two checkers never overwrite each other.
    """

    number = models.PositiveIntegerField(unique=True)  # shown as HS-0412
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="cases")
    claim = models.CharField(max_length=500)
    claim_written = models.BooleanField(default=False)  # False: still the first report's words
    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="cases"
    )
    urgency = models.PositiveSmallIntegerField(choices=Urgency.choices, default=Urgency.NORMAL)
    urgency_reason = models.CharField(max_length=200, blank=True)
    # A person set the urgency, and a later report looks more urgent than that.
    risen_urgency = models.PositiveSmallIntegerField(choices=Urgency.choices, null=True, blank=True)
    risen_reason = models.CharField(max_length=200, blank=True)
    due_at = models.DateTimeField(db_index=True)
    status = models.CharField(max_length=12, choices=CaseStatus.choices, default=CaseStatus.NEW)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cases_assigned",
    )
    # A checker let everybody read that this claim, neutrally worded, is being checked.
    claim_released_at = models.DateTimeField(null=True, blank=True)
    claim_released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="claims_released",
    )
    waiting_for = models.CharField(max_length=200, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_cases"
    )
    # Where undoing the merge leads back to; assignee and waiting_for stay as they were.
    merged_from = models.CharField(max_length=12, choices=CaseStatus.choices, blank=True)
    opened_at = models.DateTimeField(default=timezone.now)
    last_report_at = models.DateTimeField(default=timezone.now)
    resurfaced_at = models.DateTimeField(null=True, blank=True)  # set by the pipeline
    # A person found the old answer still right: it is not stale again for a while.
    reaffirmed_at = models.DateTimeField(null=True, blank=True)
    reaffirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cases_reaffirmed",
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cases_closed",
    )
    # Since when nobody could decide on it: set and cleared by the hourly look, never by a person.
    undecidable_since = models.DateTimeField(null=True, blank=True)
    # The unit it rested with although the claim is about it, and when it moved on by itself:
    # factcheck.domain.cases.handovers. It never goes back by itself.
    handed_over_from = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="cases_handed_over"
    )
    handed_over_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["urgency", "due_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="closed", closed_at__isnull=False, closed_by__isnull=False)
                | Q(
                    status="closed",
                    outcome="undecidable",
                    closed_at__isnull=False,
                    undecidable_since__isnull=False,
                )
                | (~Q(status="closed") & Q(closed_at__isnull=True, closed_by__isnull=True)),
                name="factcheck_case_closed_pair",
            ),
            models.CheckConstraint(
                condition=(Q(status="closed") & ~Q(outcome=""))
                | (~Q(status="closed") & Q(outcome="")),
                name="factcheck_case_outcome",
            ),
            models.CheckConstraint(
                condition=Q(status="merged", merged_into__isnull=False)
                | (~Q(status="merged") & Q(merged_into__isnull=True)),
                name="factcheck_case_merged",
            ),
            models.CheckConstraint(
                condition=(Q(status="merged") & ~Q(merged_from=""))
                | (~Q(status="merged") & Q(merged_from="")),
                name="factcheck_case_merged_from",
            ),
            models.CheckConstraint(
                condition=Q(reaffirmed_at__isnull=True, reaffirmed_by__isnull=True)
                | Q(reaffirmed_at__isnull=False, reaffirmed_by__isnull=False),
                name="factcheck_case_reaffirmed_pair",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["checking", "in_review"]) | Q(assignee__isnull=False),
                name="factcheck_case_checked_by_someone",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "urgency", "due_at"]),
            models.Index(fields=["unit", "status"]),
            # Which of many cases were merged, and into what: merge_tree.canonical_ids.
            models.Index(
                fields=["id", "merged_into"],
                condition=Q(merged_into__isnull=False),
                name="factcheck_case_merged_roots",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """Its page for staff."""
        return reverse("desk:case", args=[self.number])

    @property
    def concerned(self) -> list[Unit]:
        """Units the claim counts as being about; for many cases prefetch ``concerned_units``."""
        return [row.unit for row in self.concerned_units.all() if row.counts]

    @property
    def code(self) -> str:
        return f"HS-{self.number:04d}"
