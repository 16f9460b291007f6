"""Concerned units: which units a case's claim is about, for every rule on who may decide.

A unit counts as concerned from its proposal until two people have struck it out. A place that is
only affected, a unit that merely received a report, and the units above a concerned one are not.
"""

from collections.abc import Collection

from django.db.models import QuerySet

from factcheck.enums import ConcernKind
from factcheck.models import Case


def counting_ids(case: Case) -> set[int]:
    """Ids of the units that count as concerned now."""
    return set(case.concerns.values_list("pk", flat=True))


def kinds_by_case(case_ids: Collection[int]) -> dict[int, dict[int, set[str]]]:
    """For many cases at once: case id → unit id → the kinds of concern that count."""
    kinds: dict[int, dict[int, set[str]]] = {}
    rows = Case.concerns.through.objects.filter(case__in=case_ids)
    for case, unit in rows.values_list("case_id", "unit_id"):
        kinds.setdefault(case, {}).setdefault(unit, set()).add(ConcernKind.CONDUCT)
    return kinds


def cases_about(unit_ids: Collection[int]) -> "QuerySet[Case]":
    """Cases in which one of these units counts as concerned."""
    about: QuerySet[Case] = Case.objects.filter(concerns__in=unit_ids).order_by()
    return about
