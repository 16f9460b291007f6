from django.db import models
from django.utils import timezone

from factcheck.models.case import Case
from intake.models import Report


class Variant(models.Model):
    """One wording in which a case's claim goes round; what the candidate index is made of."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="variants")
    # The first report with this wording; empty for the claim as a checker wrote it.
    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, null=True, blank=True, related_name="variants"
    )
    text = models.TextField(blank=True)
    fingerprint = models.CharField(max_length=32, blank=True, db_index=True)
    canonical_url = models.CharField(max_length=2000, blank=True)
    url_hash = models.CharField(max_length=64, blank=True, db_index=True)  # SHA-256 of the URL
    seen_on = models.DateField(null=True, blank=True)  # what "tomorrow" in the text refers to
    length = models.PositiveSmallIntegerField(default=0)  # number of its terms in the index
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "fingerprint", "url_hash"], name="factcheck_variant_once"
            )
        ]

    def __str__(self) -> str:
        return f"variant {self.pk} of {self.case_id}"


class Posting(models.Model):
    """Inverted index: term → variant. Plain rows, so it is the same on every database."""

    term = models.CharField(max_length=64)
    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="postings")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["term", "variant"], name="factcheck_posting_once")
        ]

    def __str__(self) -> str:
        return self.term
