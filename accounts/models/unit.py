from collections.abc import Iterable
from datetime import date

from django.db import connection, models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.enums import LinkKind

# Both follow every link, of either kind, that is valid on the date. UNION drops rows seen before,
# so a cycle in the data ends the recursion instead of looping.
_SUBTREE = """
    WITH RECURSIVE tree(id) AS (
        SELECT id FROM accounts_unit WHERE id IN ({roots})
        UNION
        SELECT link.child_id FROM accounts_unitlink link JOIN tree ON link.parent_id = tree.id
        WHERE link.valid_from <= %s AND (link.valid_to IS NULL OR link.valid_to > %s)
    )
    SELECT id FROM tree
"""
_ANCESTORS = """
    WITH RECURSIVE tree(id, depth) AS (
        SELECT id, 0 FROM accounts_unit WHERE id = %s
        UNION
        SELECT link.parent_id, tree.depth + 1
        FROM accounts_unitlink link JOIN tree ON link.child_id = tree.id
        WHERE link.valid_from <= %s AND (link.valid_to IS NULL OR link.valid_to > %s)
        AND tree.depth < 12
    )
    SELECT id, MIN(depth) FROM tree GROUP BY id
"""
_ABOVE_EACH = """
    WITH RECURSIVE tree(start, id) AS (
        SELECT id, id FROM accounts_unit WHERE id IN ({ids})
        UNION
        SELECT tree.start, link.parent_id
        FROM accounts_unitlink link JOIN tree ON link.child_id = tree.id
        WHERE link.valid_from <= %s AND (link.valid_to IS NULL OR link.valid_to > %s)
    )
    SELECT start, id FROM tree
"""


def valid_on(on: date, prefix: str = "") -> Q:
    """True from ``valid_from`` until the day before ``valid_to``."""
    ended = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gt": on})
    return Q(**{f"{prefix}valid_from__lte": on}) & ended


class UnitKind(models.Model):
    """Ministry, province department, commune, cluster, school…: data, because kinds change."""

    code = models.SlugField(max_length=32, unique=True)
    name_vi = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name_vi


class UnitQuerySet(models.QuerySet["Unit"]):
    def active(self, on: date | None = None) -> "UnitQuerySet":
        return self.filter(valid_on(on or timezone.localdate()))

    def subtree_ids(self, roots: Iterable[int], on: date | None = None) -> set[int]:
        """These units and everything below them on the date, by links of either kind, in one
        query whatever the depth.

        Only links are dated here: a closed unit whose link was not ended stays below its parent,
        so that its past work can still be read.
        """
        ids = sorted({int(root) for root in roots})
        if not ids:
            return set()
        day = (on or timezone.localdate()).isoformat()
        sql = _SUBTREE.format(roots=", ".join(["%s"] * len(ids)))
        with connection.cursor() as cursor:
            cursor.execute(sql, [*ids, day, day])
            return {row[0] for row in cursor.fetchall()}

    def ancestors(self, unit_id: int, on: date | None = None) -> dict[int, int]:
        """Unit ids above this one on the date, each with its distance; itself at distance 0."""
        day = (on or timezone.localdate()).isoformat()
        with connection.cursor() as cursor:
            cursor.execute(_ANCESTORS, [unit_id, day, day])
            return dict(cursor.fetchall())

    def above_each(self, ids: Iterable[int], on: date | None = None) -> dict[int, set[int]]:
        """Each of these units with itself and all units above it on the date, in one query."""
        above: dict[int, set[int]] = {int(pk): set() for pk in ids}
        if not above:
            return above
        day = (on or timezone.localdate()).isoformat()
        sql = _ABOVE_EACH.format(ids=", ".join(["%s"] * len(above)))
        with connection.cursor() as cursor:
            cursor.execute(sql, [*above, day, day])
            for start, pk in cursor.fetchall():
                above[start].add(pk)
        return above


class Unit(models.Model):
    code = models.SlugField(_("code"), max_length=64, unique=True)
    kind = models.ForeignKey(UnitKind, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(_("name"), max_length=200)
    short_name = models.CharField(_("short name"), max_length=80, blank=True)
    # Receives the reports without a unit; true for exactly one unit.
    is_default = models.BooleanField(default=False)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = UnitQuerySet.as_manager()

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
    """A former or colloquial name, so that last year's documents are still understood."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, db_index=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="accounts_alias_once")]

    def __str__(self) -> str:
        return self.name


class UnitLink(models.Model):
    """A typed, dated link from parent to child: a lower secondary school has two parents at once.

    It is valid from ``valid_from`` until the day before ``valid_to``.
    """

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
