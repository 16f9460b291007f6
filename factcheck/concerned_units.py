"""Concerned units: which units a case's claim is about, for every rule on who may decide.

A unit counts as concerned from its proposal until two people have struck it out. A place that is
only affected, a unit that merely received a report, and the units above a concerned one are not.
Written by ``factcheck.domain.concerns``.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from accounts.domain.guarded_acts import pending, subject_of
from accounts.enums import GuardedKind
from accounts.models import GuardedAct, Unit, User
from factcheck.enums import ConcernKind, ConcernOrigin, ConcernState
from factcheck.models import Case, ConcernedUnit

# What a sender wrote, without "trường mình": that points to one unit only, the receiving one.
SENDER_ORIGINS = (ConcernOrigin.TEXT, ConcernOrigin.PICTURE, ConcernOrigin.LATER_REPORT)
CONDUCT_KINDS = frozenset({ConcernKind.CONDUCT, ConcernKind.CARE})
COUNTING_STATES = (ConcernState.PROPOSED, ConcernState.ACCEPTED)


def counting(case: Case) -> "QuerySet[ConcernedUnit]":
    """The rows of the units that count as concerned now."""
    rows = ConcernedUnit.objects.filter(case=case, state__in=COUNTING_STATES)
    return rows.select_related("unit")


def counting_ids(case: Case) -> set[int]:
    """Ids of the units that count as concerned now."""
    return set(counting(case).values_list("unit_id", flat=True))


def is_about_units_of(case: Case, user: User) -> bool:
    """Whether the claim is about a unit where the person has any role, or about one above it."""
    own = set(user.memberships.values_list("unit_id", flat=True))
    above = set().union(own, *Unit.objects.above_each(own).values())
    return bool(above & counting_ids(case))


@dataclass(frozen=True)
class CountingConcerns:
    """What counts on one case: unit id → kinds of concern. ``unconfirmed`` are issuers of a
    document that rest on a sender's words alone: a sender can quote any office, so where one would
    leave nobody to decide, somebody below it is asked about it. ``asked`` are those that are such
    a question now: their own people decide nothing on the case."""

    kinds: dict[int, set[str]]
    unconfirmed: set[int]
    asked: set[int]


def by_case(case_ids: Collection[int]) -> dict[int, CountingConcerns]:
    """The same for many cases in one query, by case id."""
    rows = ConcernedUnit.objects.filter(case__in=case_ids).exclude(state=ConcernState.STRUCK)
    fields = ("case_id", "unit_id", "concern", "state", "origin")
    cases: dict[int, CountingConcerns] = {}
    for case, unit, concern, state, origin in rows.values_list(*fields):
        entry = cases.setdefault(case, CountingConcerns({}, set(), set()))
        if state == ConcernState.QUESTION:
            entry.asked.add(unit)
            continue
        entry.kinds.setdefault(unit, set()).add(concern)
        by_sender = state == ConcernState.PROPOSED and origin in SENDER_ORIGINS
        if by_sender and concern == ConcernKind.ISSUER:
            entry.unconfirmed.add(unit)
    return cases


def cases_about(unit_ids: Collection[int]) -> "QuerySet[Case]":
    """Cases in which one of these units counts as concerned."""
    rows = ConcernedUnit.objects.filter(unit__in=unit_ids, state__in=COUNTING_STATES)
    about: QuerySet[Case] = Case.objects.filter(pk__in=rows.values("case")).order_by()
    return about


def prefetched() -> Prefetch:
    """What ``Case.concerned`` of many cases reads, in one query."""
    return Prefetch("concerned_units", ConcernedUnit.objects.select_related("unit__kind"))


def strikes(rows: Iterable[ConcernedUnit]) -> dict[int, GuardedAct]:
    """Row id → the proposal to strike that unit out that waits for its second person."""
    ids = {subject_of(row): row.pk for row in rows}
    acts = pending(GuardedKind.CONCERNED_UNIT).filter(subject__in=list(ids)) if ids else ()
    return {ids[act.subject]: act for act in acts}


def weakens(before: str, after: str) -> bool:
    """Whether the second kind of concern binds the unit less than the first: its own word counts
    for what it issued or decided, never for its conduct or care."""
    return before in CONDUCT_KINDS and after not in CONDUCT_KINDS


def kind_subject(row: ConcernedUnit, concern: str) -> str:
    """Subject of the act that gives the row this weaker kind."""
    return f"{subject_of(row)}:{concern}"


def kind_changes(rows: Iterable[ConcernedUnit]) -> dict[int, tuple[GuardedAct, ConcernKind]]:
    """Row id → the proposal of a weaker kind that waits for its second person, and that kind."""
    subjects = {
        kind_subject(row, kind): (row.pk, kind)
        for row in rows
        for kind in ConcernKind
        if weakens(row.concern, kind)
    }
    acts = pending(GuardedKind.CONCERNED_UNIT).filter(subject__in=list(subjects))
    return {subjects[act.subject][0]: (act, subjects[act.subject][1]) for act in acts}
