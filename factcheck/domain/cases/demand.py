"""Demand for an answer: how many reports ask about a case, from how many places."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from factcheck import merge_tree
from factcheck.enums import MatchState
from factcheck.models import Case, Match
from intake.domain import reports


@dataclass(frozen=True)
class Demand:
    """Counts of reports, of networks they came from, and of units that received them."""

    reports: int
    senders: int
    units: int


NO_DEMAND = Demand(reports=0, senders=0, units=0)


def measure(case: Case) -> Demand:
    confirmed = merge_tree.confirmed_reports(case)
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
