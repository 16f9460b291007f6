import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length
from django.utils import timezone

from accounts.models import Unit
from intake.enums import Origin, SeenWhen, SeenWhere

# Characters, after cleaning.
TEXT_LIMIT = 5000
URL_LIMIT = 2000
QUESTION_LIMIT = 500

models.TextField.register_lookup(Length)


class Report(models.Model):
    """One submission. Its content never changes (a database trigger refuses), except that a
    purge empties it. Nothing here identifies the sender."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reports")
    # The unit whose form it was, where the sender chose that another one reads it. Never public.
    about_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="reports_about"
    )
    # Origin, or the name of a channel: no choices, so that a new channel needs no migration.
    origin = models.CharField(max_length=16, default=Origin.FORM)
    text = models.TextField(blank=True)
    url = models.CharField(max_length=URL_LIMIT, blank=True)
    question = models.CharField(max_length=QUESTION_LIMIT, blank=True)
    seen_where = models.CharField(max_length=12, choices=SeenWhere.choices, blank=True)
    seen_when = models.CharField(max_length=12, choices=SeenWhen.choices, blank=True)
    language = models.CharField(max_length=5, default="vi")

    # Keys computed once at submission (matching.text.normalisation, matching.links.canonical_urls).
    normalised = models.TextField(blank=True)
    fingerprint = models.CharField(max_length=32, blank=True, db_index=True)
    canonical_url = models.CharField(max_length=URL_LIMIT, blank=True)

    # Keyed hash of the form's key: makes a retry harmless (intake.domain.receipts.key_hash).
    form_key = models.CharField(max_length=64, unique=True)
    receipt_hash = models.CharField(max_length=64, unique=True)
    # HMAC of network and day under a key destroyed after the day: counts distinct senders,
    # leads back to nobody.
    sender_hash = models.CharField(max_length=32, blank=True)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    matched_at = models.DateTimeField(null=True, blank=True)  # by the pipeline, not a person
    purge_after = models.DateTimeField(null=True, blank=True)
    purged_at = models.DateTimeField(null=True, blank=True)  # by the retention task

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(text__length__lte=TEXT_LIMIT), name="intake_report_text_limit"
            ),
            models.CheckConstraint(
                condition=Q(about_unit__isnull=True) | ~Q(about_unit=F("unit")),
                name="intake_report_read_elsewhere",
            ),
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                name="intake_report_unmatched",
                condition=Q(matched_at__isnull=True),
            ),
            models.Index(fields=["unit", "-created_at"]),
        ]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def addressed_unit(self) -> Unit:
        """The unit whose form it was, whoever reads it: what "trường mình" means."""
        return self.about_unit or self.unit

    @property
    def addressed_unit_id(self) -> int:
        return self.about_unit_id or self.unit_id

    @property
    def media_prefix(self) -> str:
        """Folder of this report's files below ``settings.MEDIA_ROOT``."""
        return f"{settings.REPORT_MEDIA_PREFIX}/{self.public_id}"
