from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Unit
from factcheck.act_first import leading_headline, shown_advice
from factcheck.enums import Rating, VerdictKind
from factcheck.models.case import Case, Topic
from factcheck.models.verdict import Verdict, rating_fits_tags
from factcheck.ratings import RATINGS, RatingDefinition, truth_label


class Notice(models.Model):
    """The public notice of one case; its text is in its versions."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="notice")
    slug = models.SlugField(max_length=120, unique=True)
    # Published by: the unit in whose name it was first published. Not the unit that received the
    # reports, which no public page tells.
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="notices")
    topic = models.ForeignKey(
        Topic, on_delete=models.PROTECT, null=True, blank=True, related_name="notices"
    )
    first_published_at = models.DateTimeField(default=timezone.now, db_index=True)
    # It does not answer by itself until two people confirm it, since many asked again.
    suspended_at = models.DateTimeField(null=True, blank=True)
    # Words of the current version as factcheck.domain.editorial.search_words spells them.
    search_text = models.TextField(blank=True)

    class Meta:
        ordering = ["-first_published_at", "-id"]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        """Its public page; the address never changes."""
        return reverse("public:notice", args=[self.slug])

    @property
    def current(self) -> "NoticeVersion | None":
        """The current version; from ``current_versions`` where a list read them ahead."""
        ahead: list[NoticeVersion] | None = getattr(self, "current_versions", None)
        if ahead is not None:
            return ahead[0] if ahead else None
        return self.versions.filter(is_current=True).first()


class NoticeVersion(models.Model):
    """An immutable published version; the database lets only ``is_current`` pass to the next one.

    ``evidence`` is a list of plain dicts as cited at publication: source, stance, title, url,
    quote, document_number, document_date, accessed_on, archive_sha256.
    """

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    verdict = models.OneToOneField(Verdict, on_delete=models.PROTECT, related_name="published")
    kind = models.CharField(max_length=12, choices=VerdictKind.choices)
    language = models.CharField(max_length=5, default="vi")
    rating = models.CharField(max_length=20, choices=Rating.choices)
    tags = models.JSONField(default=list, blank=True)
    claim = models.CharField(max_length=500)
    headline = models.CharField(max_length=160)
    explanation = models.TextField()
    what_is_true = models.TextField()
    what_to_do = models.TextField(blank=True)
    why_checked = models.CharField(max_length=300, blank=True)
    change_reason = models.CharField(max_length=500, blank=True)
    evidence = models.JSONField(default=list)
    review_by = models.DateField()
    # The day on which an upgrade gave it today's rating (migration 0012); its words are unchanged.
    rerated_on = models.DateField(null=True, blank=True)
    is_current = models.BooleanField(default=True)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="versions_published"
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "number"], name="factcheck_version_number"),
            models.UniqueConstraint(
                fields=["notice"],
                condition=Q(is_current=True),
                name="factcheck_one_current_version",
            ),
            models.CheckConstraint(
                condition=Q(kind="first", number=1) | (~Q(kind="first") & ~Q(change_reason="")),
                name="factcheck_change_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(rating__in=Rating.values), name="factcheck_version_rating"
            ),
            models.CheckConstraint(condition=rating_fits_tags(), name="factcheck_version_tags"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} v{self.number}"

    @property
    def rating_definition(self) -> RatingDefinition:
        return RATINGS[self.rating]

    @property
    def truth_label(self) -> str:
        """Heading of ``what_is_true`` in the active language."""
        return truth_label(self.rating, self.tags)

    @property
    def leading_headline(self) -> str:
        """The headline to show; of a warning it begins with what to do."""
        warning = self.rating_definition.act_first
        return leading_headline(warning, self.headline, self.language)

    @property
    def shown_advice(self) -> str:
        """What to do, one step a line; a warning always has some."""
        return shown_advice(self.rating_definition.act_first, self.what_to_do, self.language)

    def is_due_for_review(self, on: date | None = None) -> bool:
        """Whether the day by which the notice was to be reviewed is past on the date (today)."""
        return self.review_by < (on or timezone.localdate())
