"""The queue as a page: cases of one urgency together, each with due time, demand and reasons."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desk.presenters import formatting
from factcheck import decision_texts, labels
from factcheck.decision_texts import Deciders
from factcheck.domain.cases import demand
from factcheck.domain.cases.demand import NO_DEMAND, Demand
from factcheck.domain.index import exclusions
from factcheck.enums import UNDECIDED_STATUSES, CaseStatus, Urgency
from factcheck.independence import Independence
from factcheck.models import Case


@dataclass(frozen=True)
class QueueRow:
    """One case of the queue."""

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
    answer_within: str
    rows: list[QueueRow]


def reasons(
    case: Case, *, is_excluded: bool = False, deciders: Deciders | None = None
) -> list[str]:
    """Why the case has its place in the queue, and whom it will wait for, in words."""
    why = labels.URGENCY_REASONS.get(case.urgency_reason) if case.urgency_reason else None
    sentences = [str(why)] if why else []
    if case.risen_urgency is not None:
        sentences.append(_("a later report looks more urgent than what was set"))
    if case.resurfaced_at:
        sentences.append(_("an old rumour is back: does its answer still hold?"))
    if is_excluded:
        sentences.append(_("left out of matching"))
    if case.status == CaseStatus.WAITING and case.waiting_for:
        sentences.append(_("asked: %(who)s") % {"who": case.waiting_for})
    if deciders is not None and (needed := decision_texts.needed(deciders)):
        sentences.append(needed)
    return sentences


def queue_rows(cases: Sequence[Case], take_units: Collection[int]) -> list[QueueRow]:
    """``take_units`` are the ids of units whose new cases the user may take."""
    demand_by_case, now = demand.measure_many(cases), timezone.now()
    excluded = exclusions.excluded_among(case.pk for case in cases)
    waiting = [case for case in cases if case.status in UNDECIDED_STATUSES]
    check = Independence(waiting)
    deciders = {case.pk: check.deciders(case) for case in waiting}
    return [
        QueueRow(
            case=case,
            due=formatting.due(case.due_at, now),
            demand=demand_by_case.get(case.pk, NO_DEMAND),
            reasons=reasons(case, is_excluded=case.pk in excluded, deciders=deciders.get(case.pk)),
            can_take=case.status == CaseStatus.NEW and case.unit_id in take_units,
        )
        for case in cases
    ]


def lanes(
    cases: Sequence[Case], totals: Mapping[int, int], take_units: Collection[int]
) -> list[Lane]:
    """Group a page of cases, already sorted by urgency; ``totals`` counts all pages by urgency."""
    rows = queue_rows(cases, take_units)
    return [
        Lane(
            urgency=Urgency(urgency),
            total=ngettext("%(n)d case", "%(n)d cases", totals[urgency]) % {"n": totals[urgency]},
            answer_within=str(labels.ANSWER_WITHIN[Urgency(urgency)]),
            rows=list(group),
        )
        for urgency, group in groupby(rows, key=lambda row: row.case.urgency)
    ]
