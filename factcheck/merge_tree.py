"""Merged cases keep their rows; this is how queries follow them to the case they became part of."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models.functions import Coalesce

from factcheck.models import Case

MAX_DEPTH = 3  # merges on top of merges; cases.merge refuses more


def canonical_id(path: str) -> Coalesce:
    """Expression: id of the case that the case at ``path`` (a foreign key) now belongs to."""
    steps = [path + "__merged_into" * depth for depth in range(MAX_DEPTH, 0, -1)]
    return Coalesce(*(f"{step}_id" for step in steps), f"{path}_id")


def canonical(case: Case) -> Case:
    """The case it was merged into, at the end of the chain; itself when it was not merged."""
    while case.merged_into is not None:
        case = case.merged_into
    return case


def canonical_ids(case_ids: Iterable[int]) -> dict[int, int]:
    """Case id → id of the case it now belongs to, for many cases in a few queries."""
    found = {pk: pk for pk in case_ids}
    for _step in range(MAX_DEPTH):
        ends = Case.objects.filter(pk__in=set(found.values()), merged_into__isnull=False)
        # Without the usual order, which the index of merged cases does not hold.
        merged = dict(ends.order_by().values_list("pk", "merged_into_id"))
        if not merged:
            break
        found = {pk: merged.get(end, end) for pk, end in found.items()}
    return found


def group_ids(case: Case) -> list[int]:
    """Ids of the case and of all cases merged into it, at any depth."""
    found, level = [case.pk], [case.pk]
    while level:
        level = list(Case.objects.filter(merged_into__in=level).values_list("pk", flat=True))
        found += level
    return found


def depth(case: Case) -> int:
    """How many merges lie on top of each other below the case."""
    level, height = [case.pk], -1
    while level:
        height += 1
        level = list(Case.objects.filter(merged_into__in=level).values_list("pk", flat=True))
    return height
