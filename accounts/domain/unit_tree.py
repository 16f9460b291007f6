"""Browsing the unit tree one level at a time, by today's links."""

from collections.abc import Collection

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.models import Unit, UnitLink
from accounts.models.unit import valid_on


def _links_today() -> QuerySet[UnitLink]:
    return UnitLink.objects.filter(valid_on(timezone.localdate()))


def children(parent: Unit) -> QuerySet[Unit]:
    """The units directly below."""
    return Unit.objects.filter(pk__in=_links_today().filter(parent=parent).values("child"))


def top_units(ids: Collection[int]) -> QuerySet[Unit]:
    """Those of these units that have no parent among them."""
    lower = _links_today().filter(parent__in=ids).values("child")
    return Unit.objects.filter(pk__in=ids).exclude(pk__in=lower)


def with_child_count(units: QuerySet[Unit]) -> QuerySet[Unit]:
    """The units in the order of a list, with ``below``: how many units are directly below each."""
    today = valid_on(timezone.localdate(), "child_links__")
    below = Count("child_links__child", filter=Q(today), distinct=True)
    return units.select_related("kind").annotate(below=below).order_by("kind__order", "name", "pk")
