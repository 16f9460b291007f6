from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from factcheck.enums import SourceField, SourceKind


class Source(models.Model):
    """An entry of the source registry; ``kind`` decides whether the source is official.

    It is inserted as a proposal and can be cited once two people, or the operator, have confirmed
    it. What it is (name, domain, field, kind, unit) never changes: a change is a new entry that
    replaces it. The database keeps all of this.
    """

    # Whose entry it is, usable by that unit and those below it; None: shared by all.
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="sources"
    )
    is_confirmed = models.BooleanField(default=False)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replacements"
    )

    name_vi = models.CharField(_("name (Vietnamese)"), max_length=200)
    name_en = models.CharField(_("name (English)"), max_length=200, blank=True)
    domain = models.CharField(_("domain"), max_length=200, blank=True)
    field = models.CharField(_("field"), max_length=40, choices=SourceField.choices)
    kind = models.CharField(_("kind"), max_length=20, choices=SourceKind.choices)
    use_for = models.TextField(_("use for"), blank=True)
    caveat = models.TextField(_("caveat"), blank=True)
    # A: verified by the project; B: commonly known, verify before use.
    confidence = models.CharField(max_length=1, choices=[("A", "A"), ("B", "B")], default="A")
    # The unit whose own word this is, such as a school's site: not enough against that unit.
    speaks_for = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="own_sources"
    )
    # The name on the certificate with which the source signs its documents.
    signer = models.CharField(_("name on its signing certificate"), max_length=200, blank=True)
    # An entry such as "the province's department": an installation puts a named one in its place.
    is_placeholder = models.BooleanField(default=False)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        ordering = ["field", "name_vi"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="factcheck_source_dates",
            ),
            models.UniqueConstraint(
                fields=["name_vi", "domain", "valid_from"],
                condition=Q(is_confirmed=True, unit__isnull=True),
                name="factcheck_source_once",
            ),
            models.UniqueConstraint(
                fields=["unit", "name_vi", "domain", "valid_from"],
                condition=Q(is_confirmed=True, unit__isnull=False),
                name="factcheck_unit_source_once",
            ),
        ]

    def __str__(self) -> str:
        if (get_language() or "vi").startswith("en") and self.name_en:
            return self.name_en
        return self.name_vi

    @property
    def is_official(self) -> bool:
        """Whether it may carry a verdict of false or misleading."""
        return self.kind in {
            SourceKind.PRIMARY,
            SourceKind.OFFICIAL_MEDIA,
            SourceKind.INTERNATIONAL,
        }

    @property
    def domains(self) -> list[str]:
        """Its domains, without paths."""
        return [name.partition("/")[0] for name in self.domain.replace(",", " ").lower().split()]
