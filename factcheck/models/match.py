from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from factcheck.enums import MatchState, PairKind
from factcheck.models.case import Case
from intake.models import Report

REASON_LIMIT = 300


class Match(models.Model):
    """A scored pair (report, case) with its explanation (matching.scoring.policy.explain).

    ``decided_by`` empty on a confirmed match: linked by rule because the claim is the same.
    A person's decision is final: matching never overwrites it, and a trigger of the database
    (migration 0005) stops everyone else. ``reason`` is that person's, empty when the texts are
    purged.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="matches")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="matches")
    state = models.CharField(max_length=10, choices=MatchState.choices)
    score = models.FloatField(default=0)  # 0..1
    explanation = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="matches_decided",
    )
    reason = models.CharField(max_length=REASON_LIMIT, blank=True)
    # The report came when the case's notice did not answer by itself: its answer waits for people.
    answer_held_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "case"], name="factcheck_match_once"),
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(state="confirmed"),
                name="factcheck_report_in_one_case",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="factcheck_match_decided_pair",
            ),
            models.CheckConstraint(
                condition=~Q(state="rejected") | Q(decided_at__isnull=False),
                name="factcheck_match_rejected_by_someone",
            ),
        ]
        indexes = [models.Index(fields=["case", "state"])]

    def __str__(self) -> str:
        return f"{self.report_id}~{self.case_id} {self.state}"


class PairDecision(models.Model):
    """A person's decision about two cases; undone by a later timestamp, never deleted."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="pair_decisions")
    other = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="pair_decisions_other")
    kind = models.CharField(max_length=10, choices=PairKind.choices)
    reason = models.CharField(max_length=REASON_LIMIT, blank=True)
    decided_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="pair_decisions"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="pair_decisions_undone",
    )

    class Meta:
        ordering = ["-decided_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(case=F("other")), name="factcheck_pair_distinct"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="factcheck_pair_undone_pair",
            ),
            models.UniqueConstraint(
                fields=["case", "other", "kind"],
                condition=Q(undone_at__isnull=True),
                name="factcheck_pair_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.other_id}"


class MatchingExclusion(models.Model):
    """An exclusion of a case from matching, since its words say too little or too much: a person's
    decision, ended by a later timestamp, never deleted."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="matching_exclusions")
    reason = models.CharField(max_length=REASON_LIMIT)
    excluded_at = models.DateTimeField(default=timezone.now)
    excluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="matching_exclusions"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="matching_exclusions_ended",
    )

    class Meta:
        ordering = ["-excluded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="factcheck_exclusion_ended_pair",
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at__isnull=True), name="factcheck_excluded_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} left out of matching"
