from django.db import models
from django.db.models import Q
from django.utils import timezone

from factcheck.models.case import Case
from intake.models import Report


class Wording(models.Model):
    """One wording of a case's claim; the candidate index is made of them.

    ``terms`` and ``prepared`` are computed from ``text`` by ``matching`` and stored so that a query
    reads them instead of computing them again; ``keys`` is the version that computed them.
    """

    # The constraint below serves look-ups by case: an index of its own would only cost writes.
    case = models.ForeignKey(
        Case, on_delete=models.CASCADE, related_name="wordings", db_index=False
    )
    # The first report with this wording; empty for the claim as a checker wrote it.
    report = models.ForeignKey(
        Report, on_delete=models.CASCADE, null=True, blank=True, related_name="wordings"
    )
    from_picture = models.BooleanField(default=False)  # the words were read from a screenshot
    text = models.TextField(blank=True)
    fingerprint = models.CharField(max_length=32, blank=True)
    canonical_url = models.CharField(max_length=2000, blank=True)
    url_hash = models.CharField(max_length=64, blank=True)  # SHA-256 of the URL
    seen_on = models.DateField(null=True, blank=True)  # what "tomorrow" in the text refers to
    terms = models.BinaryField(default=bytes)  # matching.terms.packed_postings.pack_terms
    prepared = models.JSONField(default=dict)  # matching.scoring.prepared_text.PreparedText.to_json
    # matching.terms.index_terms.VERSION; 0: none yet.
    keys = models.PositiveSmallIntegerField(default=0)
    # The generation of PostingBlock its terms are in; 0: in none yet, a query reads them here.
    generation = models.PositiveSmallIntegerField(default=0)
    # The public flag. False: its case has no public notice; True is a hint only
    # (factcheck.domain.index.public_flag).
    answered = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        db_table = "factcheck_variant"  # the table keeps its first name: docs/adr/0014
        constraints = [
            models.UniqueConstraint(
                fields=["case", "fingerprint", "url_hash"], name="factcheck_variant_once"
            )
        ]
        indexes = [
            # Not db_index, which on PostgreSQL makes a second one for the beginnings of texts.
            models.Index(fields=["fingerprint"], name="factcheck_variant_words"),
            models.Index(fields=["url_hash"], name="factcheck_variant_link"),
            models.Index(
                fields=["generation", "id"],
                condition=Q(generation=0),
                name="factcheck_variant_unpacked",
            ),
            models.Index(
                fields=["id"], condition=Q(answered=True), name="factcheck_variant_answered"
            ),
        ]

    def __str__(self) -> str:
        return f"wording {self.pk} of {self.case_id}"
