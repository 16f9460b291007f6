from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast
from django.db.models.lookups import Contains
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from factcheck.act_first import leading_headline, shown_advice
from factcheck.enums import Rating, Reach, VerdictKind, VerdictState
from factcheck.models.case import Case
from factcheck.ratings import RATINGS, RatingDefinition, truth_label


def rating_fits_tags() -> Q:
    """The condition that no rating stands with a tag it refuses.

    Compares the text of the JSON list, which both databases can: SQLite has no operator for “the
    list contains”. A backslash could spell a tag so that this does not see it, so it is refused.
    """
    condition = Q()
    for row in RATINGS.values():
        if not row.refused_tags:
            continue
        parts = [*sorted(f'"{tag.value}"' for tag in row.refused_tags), "\\"]
        bad = Q(
            *(Q(Contains(Cast("tags", models.TextField()), part)) for part in parts),
            _connector=Q.OR,
        )
        condition &= ~Q(rating=row.rating.value) | ~bad
    return condition


class Verdict(models.Model):
    """A verdict that one person writes and another decides on: for a notice or its correction.

    Both people are stored in this row, so the database itself enforces the second person. A
    returned verdict keeps its row; the next draft is a new one.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="verdicts")
    kind = models.CharField(max_length=12, choices=VerdictKind.choices, default=VerdictKind.FIRST)
    state = models.CharField(
        max_length=10, choices=VerdictState.choices, default=VerdictState.DRAFT
    )
    language = models.CharField(max_length=5, default="vi")
    rating = models.CharField(_("verdict"), max_length=20, choices=Rating.choices, blank=True)
    tags = models.JSONField(default=list, blank=True)  # list of enums.Tag values
    claim = models.CharField(_("claim"), max_length=500, blank=True)
    headline = models.CharField(_("headline: what is true"), max_length=160, blank=True)
    explanation = models.TextField(_("why"), max_length=3000, blank=True)
    what_is_true = models.TextField(_("what is true"), max_length=3000, blank=True)
    what_to_do = models.TextField(_("what to do"), max_length=2000, blank=True)
    why_checked = models.CharField(_("why we checked this"), max_length=300, blank=True)
    change_reason = models.CharField(_("what changed and why"), max_length=500, blank=True)
    reach = models.CharField(max_length=12, choices=Reach.choices, blank=True)
    checklist = models.JSONField(default=list, blank=True)  # list of ticked checklist codes
    review_by = models.DateField(_("review by"), null=True, blank=True)

    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="verdicts_written"
    )
    written_at = models.DateTimeField(default=timezone.now)
    # The unit in whose name the author wrote and the reviewer decided.
    author_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    about_own_unit = models.BooleanField(default=False)
    submitted_at = models.DateTimeField(null=True, blank=True)  # by written_by
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="verdicts_reviewed",
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewer_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    review_note = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("written_by")),
                name="factcheck_second_person",
            ),
            models.CheckConstraint(
                condition=Q(about_own_unit=False)
                | Q(reviewer_unit__isnull=True)
                | ~Q(reviewer_unit=F("author_unit")),
                name="factcheck_second_unit",
            ),
            models.CheckConstraint(
                condition=Q(
                    reviewed_by__isnull=True, reviewed_at__isnull=True, reviewer_unit__isnull=True
                )
                | Q(
                    reviewed_by__isnull=False,
                    reviewed_at__isnull=False,
                    reviewer_unit__isnull=False,
                ),
                name="factcheck_verdict_reviewed_pair",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "returned"]) | Q(reviewed_by__isnull=False),
                name="factcheck_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"]) | ~Q(rating=""),
                name="factcheck_submitted_has_verdict",
            ),
            models.CheckConstraint(
                condition=Q(rating__in=["", *Rating.values]), name="factcheck_verdict_rating"
            ),
            models.CheckConstraint(condition=rating_fits_tags(), name="factcheck_verdict_tags"),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=["draft", "in_review"]),
                name="factcheck_one_open_verdict",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.rating} ({self.state})"

    @property
    def rating_definition(self) -> RatingDefinition | None:
        """None while a draft has no rating."""
        return RATINGS.get(self.rating)

    @property
    def truth_label(self) -> str:
        """Heading of ``what_is_true`` in the active language."""
        return truth_label(self.rating, self.tags)

    @property
    def leading_headline(self) -> str:
        """The headline to show; of a warning it begins with what to do."""
        definition = self.rating_definition
        warning = definition.act_first if definition else None
        return leading_headline(warning, self.headline, self.language)

    @property
    def shown_advice(self) -> str:
        """What to do, one step a line; a warning always has some."""
        definition = self.rating_definition
        warning = definition.act_first if definition else None
        return shown_advice(warning, self.what_to_do, self.language)
