from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import permissions as roles
from desk.decorators import current_user, desk_page
from desk.forms.queue import ALL, VIEW_LABELS, QueueFilter, view_conditions
from desk.presenters import formatting
from factcheck import labels, merge_tree, permissions
from factcheck.domain.cases.lifecycle import Demand
from factcheck.domain.index import exclusions
from factcheck.enums import CaseStatus, MatchState, Urgency
from factcheck.models import Case, Match

PER_PAGE = 20
NO_DEMAND = Demand(reports=0, senders=0, units=0)


@dataclass(frozen=True)
class QueueRow:
    """One line of the queue."""

    case: Case
    due: formatting.Due
    demand: Demand
    reasons: list[str]
    can_take: bool


@dataclass(frozen=True)
class Lane:
    """The cases of one urgency on this page, with how many there are in all."""

    urgency: Urgency
    total: str
    promise: str
    rows: list[QueueRow]


def demand_of(cases: Iterable[Case]) -> dict[int, Demand]:
    """Demand of many cases in one query, reports of merged cases counted where they went."""
    ids = [case.pk for case in cases]
    merged = Q(case__merged_into__in=ids) | Q(case__merged_into__merged_into__in=ids)
    deeper = Q(case__merged_into__merged_into__merged_into__in=ids)
    counted = (
        Match.objects.filter(Q(case__in=ids) | merged | deeper, state=MatchState.CONFIRMED)
        .values(at=merge_tree.canonical_id("case"))
        .annotate(
            reports=Count("pk"),
            senders=Count("report__sender_hash", distinct=True),
            units=Count("report__unit", distinct=True),
        )
    )
    return {
        row["at"]: Demand(reports=row["reports"], senders=row["senders"], units=row["units"])
        for row in counted
    }


def reasons(case: Case, *, left_out: bool = False) -> list[str]:
    """Why the case stands where it stands, in words."""
    why = labels.URGENCY_REASONS.get(case.urgency_reason) if case.urgency_reason else None
    found = [str(why)] if why else []
    if case.resurfaced_at:
        found.append(_("an old rumour is back: does its answer still hold?"))
    if left_out:
        found.append(_("left out of matching"))
    if case.status == CaseStatus.WAITING and case.waiting_for:
        found.append(_("asked: %(who)s") % {"who": case.waiting_for})
    if about := [str(unit) for unit in case.concerns.all()]:
        found.append(
            _("about %(units)s, so a reviewer of another unit decides")
            % {"units": ", ".join(about)}
        )
    return found


def lanes(cases: list[Case], totals: dict[int, int], take_units: set[int]) -> list[Lane]:
    """Group a page of cases, already sorted by urgency."""
    demand, now = demand_of(cases), timezone.now()
    left_out = exclusions.excluded_among(case.pk for case in cases)

    def row(case: Case) -> QueueRow:
        return QueueRow(
            case=case,
            due=formatting.due(case.due_at, now),
            demand=demand.get(case.pk, NO_DEMAND),
            reasons=reasons(case, left_out=case.pk in left_out),
            can_take=case.status == CaseStatus.NEW and case.unit_id in take_units,
        )

    return [
        Lane(
            urgency=Urgency(urgency),
            total=ngettext("%(n)d case", "%(n)d cases", totals[urgency]) % {"n": totals[urgency]},
            promise=str(labels.ANSWER_WITHIN[Urgency(urgency)]),
            rows=[row(case) for case in group],
        )
        for urgency, group in groupby(cases, key=lambda case: case.urgency)
    ]


@desk_page
def queue(request: HttpRequest) -> HttpResponse:
    """Open cases by urgency and due time; saved views, filters and search narrow them."""
    user = current_user(request)
    cases = Case.objects.filter(pk__in=permissions.visible_cases(user).order_by().values("pk"))
    conditions = view_conditions(user)
    counts = cases.aggregate(**{name: Count("pk", filter=q) for name, q in conditions.items()})
    view = request.GET.get("view", ALL)
    view = view if view in conditions else ALL
    chosen = QueueFilter(request.GET, queryset=cases.filter(conditions[view]))
    found = chosen.qs.order_by("urgency", "due_at", "id")
    totals = dict(found.order_by().values_list("urgency").annotate(n=Count("pk")))
    page = Paginator(
        found.select_related("unit", "topic", "assignee").prefetch_related("concerns"), PER_PAGE
    ).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "nav": "queue",
        "views": [(name, label, counts[name]) for name, label in VIEW_LABELS.items()],
        "view": view,
        "view_label": VIEW_LABELS[view],
        "counts": counts,
        "filter": chosen,
        "is_filtered": any(request.GET.get(name) for name in chosen.filters),
        "page_obj": page,
        "lanes": lanes(list(page), totals, roles.units_for(user, roles.Permission.CHECK)),
    }
    return render(request, "desk/queue.html", context)
