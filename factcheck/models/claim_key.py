from django.db import models
from django.db.models import Q
from django.utils import timezone

from factcheck.enums import KeyKind
from factcheck.models.case import Case


class ClaimKey(models.Model):
    """An address at which a case's claim itself stands, so that whoever asks about it alone is
    answered. Anybody can write an address into a report: it is a key only while ``confirmed_at`` is
    set, which takes two people (``GuardedKind.LINK_KEY``)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="claim_keys")
    kind = models.CharField(max_length=10, choices=KeyKind.choices, default=KeyKind.ADDRESS)
    value = models.CharField(max_length=2000)  # canonical
    value_hash = models.CharField(max_length=64, db_index=True)  # SHA-256 of the value
    created_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "value_hash"], name="factcheck_key_once"
            ),
            models.UniqueConstraint(
                fields=["kind", "value_hash"],
                condition=Q(confirmed_at__isnull=False),
                name="factcheck_key_of_one_claim",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.case_id}"
