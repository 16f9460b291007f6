from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from factcheck.enums import FamilyState, Rating
from factcheck.models.source import Source
from factcheck.ratings import RATINGS, RatingDefinition

WARNING_RATINGS = [value for value, row in RATINGS.items() if row.act_first]


class ScamFamily(models.Model):
    """Wordings of one scam or dangerous message, with the answer to whoever sends a wording.

    Written by one person and approved by another (``GuardedAct`` of the kind "family"). Its answer
    goes to reports of its unit and the units below. From submission its words are fixed; it is
    retired by two people and never deleted.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="scam_families")
    name = models.CharField(_("name"), max_length=120)
    state = models.CharField(max_length=10, choices=FamilyState.choices, default=FamilyState.DRAFT)
    rating = models.CharField(
        _("verdict"),
        max_length=20,
        choices=[(value, Rating(value).label) for value in WARNING_RATINGS],
    )
    language = models.CharField(max_length=5, default="vi")
    headline = models.CharField(_("headline"), max_length=160, blank=True)
    what_to_do = models.TextField(_("what to do"), max_length=2000, blank=True)
    explanation = models.TextField(_("what they should know"), max_length=2000, blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="scam_families"
    )
    quote = models.TextField(_("quote"), max_length=2000, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="families_written"
    )
    written_at = models.DateTimeField(default=timezone.now)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="families_reviewed",
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    review_note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rating__in=WARNING_RATINGS), name="factcheck_family_rating"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("written_by")),
                name="factcheck_family_second_person",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True, reviewed_at__isnull=True)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
                name="factcheck_family_reviewed_pair",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def rating_definition(self) -> RatingDefinition:
        return RATINGS[self.rating]


class FamilyWording(models.Model):
    """One wording of a family: a message with slots such as ``{số tiền}``."""

    family = models.ForeignKey(ScamFamily, on_delete=models.PROTECT, related_name="wordings")
    text = models.TextField(max_length=1500)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:60]
