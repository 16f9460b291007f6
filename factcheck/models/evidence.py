from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from factcheck.enums import ArchiveState, OriginalSeen, Provenance, QuoteMatch, Stance
from factcheck.models.case import Case
from factcheck.models.source import Source
from factcheck.models.verdict import Verdict
from intake.enums import ReadingState


class Evidence(models.Model):
    """A citation on a case, with its archived copy. Withdrawn by a timestamp, never deleted."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="evidence")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="evidence")
    stance = models.CharField(_("stance"), max_length=10, choices=Stance.choices)
    title = models.CharField(_("title"), max_length=300, blank=True)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    quote = models.TextField(_("quote"), max_length=2000)
    document_number = models.CharField(_("document number"), max_length=80, blank=True)
    document_date = models.DateField(_("document date"), null=True, blank=True)
    accessed_on = models.DateField(_("accessed on"))
    # As it was when cited, so that a later change of the registry cannot change the evidence.
    official = models.BooleanField(default=False)
    # Whether the address lies below a domain of the source; empty: no address, or not recorded.
    on_source_domain = models.BooleanField(null=True, blank=True)
    host_reason = models.CharField(_("why this address"), max_length=300, blank=True)
    archive_state = models.CharField(
        max_length=8, choices=ArchiveState.choices, default=ArchiveState.NONE
    )
    archive_path = models.CharField(max_length=200, blank=True)  # below MEDIA_ROOT
    archive_name = models.CharField(max_length=120, blank=True)
    archive_type = models.CharField(max_length=80, blank=True)
    archive_size = models.PositiveIntegerField(default=0)  # bytes
    archive_sha256 = models.CharField(max_length=64, blank=True)
    provenance = models.CharField(max_length=10, choices=Provenance.choices, blank=True)
    fetched_from = models.CharField(max_length=1000, blank=True)  # after redirects
    signed_by = models.CharField(max_length=200, blank=True)  # name on the certificate
    archive_error = models.CharField(max_length=300, blank=True)
    archive_attempts = models.PositiveSmallIntegerField(default=0)
    archive_tried_at = models.DateTimeField(null=True, blank=True)  # by a worker, not a person
    archived_at = models.DateTimeField(null=True, blank=True)
    archived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence_archived",
    )
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="evidence_added"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="evidence_withdrawn",
    )

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="factcheck_evidence_withdrawn_pair",
            ),
            models.CheckConstraint(
                condition=(
                    Q(archive_state="stored", archived_at__isnull=False, archived_by__isnull=False)
                    & ~Q(archive_sha256="")
                )
                | (
                    ~Q(archive_state="stored")
                    & Q(archived_at__isnull=True, archived_by__isnull=True, archive_sha256="")
                ),
                name="factcheck_evidence_archived_whole",
            ),
            models.CheckConstraint(
                condition=Q(archive_state="stored", provenance__in=Provenance.values)
                | (~Q(archive_state="stored") & Q(provenance="")),
                name="factcheck_evidence_provenance",
            ),
            models.CheckConstraint(
                condition=Q(on_source_domain__isnull=True)
                | Q(on_source_domain=True)
                | ~Q(host_reason=""),
                name="factcheck_evidence_host_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stance}: {self.source}"


class CopyText(models.Model):
    """The words of an archived copy, and where the quotation stands in them.

    ``text`` has a form feed between two pages. A background task fills it; until then, and where
    the copy has no words, the second person compares by eye.
    """

    evidence = models.OneToOneField(Evidence, on_delete=models.PROTECT, related_name="copy_text")
    state = models.CharField(
        max_length=8, choices=ReadingState.choices, default=ReadingState.WAITING
    )
    needs_ocr = models.BooleanField(default=False)  # a picture or a scan
    text = models.TextField(blank=True)
    pages = models.PositiveSmallIntegerField(default=1)
    error = models.CharField(max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)  # by a machine
    quote_match = models.CharField(max_length=8, choices=QuoteMatch.choices, blank=True)
    quote_start = models.PositiveIntegerField(default=0)
    quote_end = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(quote_match__in=["whole", "part"])
                | Q(state="read", quote_end__gt=models.F("quote_start")),
                name="factcheck_copytext_place",
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=Q(state="waiting"),
                name="factcheck_copytext_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.evidence_id}: {self.quote_match or self.state}"


class EvidenceStatement(models.Model):
    """What the second person states about one citation of the verdict they approve."""

    verdict = models.ForeignKey(
        Verdict, on_delete=models.PROTECT, related_name="evidence_statements"
    )
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="statements")
    compared_by_eye = models.BooleanField(default=False)
    original_seen = models.CharField(max_length=8, choices=OriginalSeen.choices, blank=True)
    original_where = models.CharField(max_length=300, blank=True)
    # The public may open the copy: it names no pupil or private person.
    names_nobody = models.BooleanField(default=False)
    # The unit of the second person, whose own letter this is: factcheck.own_letter.
    own_letter_of = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    stated_at = models.DateTimeField(default=timezone.now)
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="evidence_statements"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["verdict", "evidence"], name="factcheck_statement_once"
            ),
            models.CheckConstraint(
                condition=Q(original_seen="", original_where="")
                | (Q(original_seen__in=OriginalSeen.values) & ~Q(original_where="")),
                name="factcheck_statement_original",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evidence_id} in {self.verdict_id}"
