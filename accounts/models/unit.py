from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import LinkKind


class UnitKind(models.Model):
    """Ministry, province department, commune, cluster, school…: data, because kinds change."""

    code = models.SlugField(max_length=32, unique=True)
    name_vi = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name_vi


class Unit(models.Model):
    code = models.SlugField(_("code"), max_length=64, unique=True)
    kind = models.ForeignKey(UnitKind, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=80, blank=True)
    # Where a report without a unit goes; exactly one unit carries it.
    is_default = models.BooleanField(default=False)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="accounts_unit_dates",
            ),
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="accounts_one_default"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UnitAlias(models.Model):
    """A former or colloquial name, so that last year's letter is still understood."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, db_index=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], name="accounts_alias_once")
        ]

    def __str__(self) -> str:
        return self.name


class UnitLink(models.Model):
    """A typed, dated line from parent to child: a lower school has two parents at once."""

    parent = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="child_links")
    child = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="parent_links")
    kind = models.CharField(max_length=16, choices=LinkKind.choices)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("child")), name="accounts_link_not_self"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="accounts_link_dates",
            ),
            models.UniqueConstraint(
                fields=["parent", "child", "kind", "valid_from"], name="accounts_link_once"
            ),
        ]
        indexes = [models.Index(fields=["parent", "kind"])]

    def __str__(self) -> str:
        return f"{self.parent_id} → {self.child_id} ({self.kind})"
