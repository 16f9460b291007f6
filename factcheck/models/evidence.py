from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from factcheck.enums import ArchiveState, Stance
from factcheck.models.case import Case
from factcheck.models.source import Source


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
    archive_state = models.CharField(
        max_length=8, choices=ArchiveState.choices, default=ArchiveState.NONE
    )
    archive_path = models.CharField(max_length=200, blank=True)  # below MEDIA_ROOT
    archive_name = models.CharField(max_length=120, blank=True)
    archive_type = models.CharField(max_length=80, blank=True)
    archive_size = models.PositiveIntegerField(default=0)  # bytes
    archive_sha256 = models.CharField(max_length=64, blank=True)
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
        ]

    def __str__(self) -> str:
        return f"{self.stance}: {self.source}"
