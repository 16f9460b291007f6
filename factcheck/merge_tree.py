"""The tree of merged cases: their rows stay, and queries follow them to the case they belong to."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from factcheck.enums import MatchState
from factcheck.models import Case
from intake.models import Report

MAX_DEPTH = 3  # of merges of merged cases; merging.merge refuses more


def canonical_id(path: str) -> Coalesce:
    """Expression: id of the case that the case at ``path`` (a foreign key) now belongs to."""
    ancestors = [path + "__merged_into" * depth for depth in range(MAX_DEPTH, 0, -1)]
    return Coalesce(*(f"{ancestor}_id" for ancestor in ancestors), f"{path}_id")


def canonical(case: Case) -> Case:
    """The case it was merged into, at the end of the chain; itself when it was not merged."""
    while case.merged_into is not None:
        case = case.merged_into
    return case


def canonical_ids(case_ids: Iterable[int]) -> dict[int, int]:
    """Case id → id of the case it now belongs to, for many cases in a few queries."""
    canonical = {pk: pk for pk in case_ids}
    for _level in range(MAX_DEPTH):
        cases = Case.objects.filter(pk__in=set(canonical.values()), merged_into__isnull=False)
        # Without the default order: its columns are not in the index of merged cases.
        parents = dict(cases.order_by().values_list("pk", "merged_into_id"))
        if not parents:
            break
        canonical = {pk: parents.get(case_id, case_id) for pk, case_id in canonical.items()}
    return canonical


def group_ids(case: Case) -> list[int]:
    """Ids of the case and of all cases merged into it, at any depth."""
    ids, level = [case.pk], [case.pk]
    while level:
        level = list(Case.objects.filter(merged_into__in=level).values_list("pk", flat=True))
        ids += level
    return ids


def confirmed_reports(case: Case) -> QuerySet[Report]:
    """Confirmed reports of the case and of all cases merged into it."""
    return Report.objects.filter(
        matches__state=MatchState.CONFIRMED, matches__case_id__in=group_ids(case)
    )


def merged_texts(case: Case) -> list[str]:
    """Distinct texts of the reports that people brought into the case by merging."""
    merged = group_ids(case)[1:]
    reports = Report.objects.filter(
        matches__state=MatchState.CONFIRMED, matches__case_id__in=merged
    ).order_by("created_at", "pk")
    return list(dict.fromkeys(text for text in reports.values_list("text", flat=True) if text))


def depth(case: Case) -> int:
    """How many levels of merged cases there are below the case."""
    level, levels = [case.pk], -1
    while level:
        levels += 1
        level = list(Case.objects.filter(merged_into__in=level).values_list("pk", flat=True))
    return levels
