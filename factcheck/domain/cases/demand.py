"""Demand for an answer: how many reports ask about a case, from how many places."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from factcheck import merge_tree
from factcheck.enums import MatchState
from factcheck.models import Case, Match
from intake.domain import reports
from intake.models import Report


@dataclass(frozen=True)
class Demand:
    """Counts of reports, of networks they came from, and of units that received them."""

    reports: int
    senders: int
    units: int


NO_DEMAND = Demand(reports=0, senders=0, units=0)


def reports_of(case: Case) -> QuerySet[Report]:
    """Confirmed reports of the case and of the cases merged into it."""
    return Report.objects.filter(
        matches__state=MatchState.CONFIRMED, matches__case_id__in=merge_tree.group_ids(case)
    )


def measure(case: Case) -> Demand:
    confirmed = reports_of(case)
    return Demand(
        reports=confirmed.count(),
        senders=reports.distinct_senders(confirmed),
        units=confirmed.order_by().values("unit").distinct().count(),
    )


def measure_many(cases: Iterable[Case]) -> dict[int, Demand]:
    """Demand by case id, in one query; reports of merged cases count for the canonical case.

    A case without confirmed reports has no entry.
    """
    ids = [case.pk for case in cases]
    merged = Q(case__merged_into__in=ids) | Q(case__merged_into__merged_into__in=ids)
    deeper = Q(case__merged_into__merged_into__merged_into__in=ids)
    counts = (
        Match.objects.filter(Q(case__in=ids) | merged | deeper, state=MatchState.CONFIRMED)
        .values(canonical=merge_tree.canonical_id("case"))
        .annotate(
            reports=Count("pk"),
            senders=Count("report__sender_hash", distinct=True),
            units=Count("report__unit", distinct=True),
        )
    )
    return {
        row["canonical"]: Demand(reports=row["reports"], senders=row["senders"], units=row["units"])
        for row in counts
    }
