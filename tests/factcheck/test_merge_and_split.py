"""Unmerge restores exactly what merge changed: reports, wordings, pairs, replies, statuses."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factcheck import merge_tree
from factcheck.domain import notifications
from factcheck.domain.cases import lifecycle
from factcheck.domain.duplicates import merging, suggested_pairs
from factcheck.enums import CaseStatus
from factcheck.models import Case, Match, Wording
from intake.models import Reply
from tests.factories import RUMOUR, Cast, case_at, case_of, make_cast, submit_report

# What a merge may change for good: the version, which only rises.
_CHANGED_FOR_GOOD = ("version",)
TEXTS = tuple(RUMOUR.replace("28/11", f"{day}/11") for day in (28, 27, 26, 25))


def everything() -> dict[str, Any]:
    """Every row that says which report belongs to which case, and what its reporter may know."""
    rows = {
        "cases": [
            {name: value for name, value in row.items() if name not in _CHANGED_FOR_GOOD}
            for row in Case.objects.order_by("pk").values()
        ],
        "matches": list(Match.objects.order_by("pk").values()),
        "wordings": list(Wording.objects.order_by("pk").values("pk", "case", "report", "text")),
        "replies": list(Reply.objects.order_by("pk").values("report", "key")),
        "reports": [
            sorted(merge_tree.confirmed_reports(case).values_list("pk", flat=True))
            for case in Case.objects.order_by("pk")
        ],
        "suggested": [
            sorted(pair.case.pk for pair in suggested_pairs.suggestions_for(case))
            for case in Case.objects.order_by("pk")
        ],
        "updates": [notifications.update_for(case) for case in Case.objects.order_by("pk")],
    }
    return rows


@pytest.mark.parametrize("status", [CaseStatus.NEW, CaseStatus.CHECKING, CaseStatus.WAITING])
def test_unmerged_case_is_where_it_was(cast: Cast, status: CaseStatus) -> None:
    case_of(submit_report(TEXTS[1], cast.school))
    case = case_at(status, cast, text=TEXTS[0])
    into = case_of(submit_report(TEXTS[2], cast.sibling))
    before = everything()
    merging.merge(case, into, by=cast.overseer)
    assert everything() != before
    merging.unmerge(case, by=cast.checker)
    assert everything() == before


def test_unmerged_case_keeps_what_arrived_meanwhile(cast: Cast) -> None:
    case, into = (case_of(submit_report(text, cast.school)) for text in TEXTS[:2])
    merging.merge(case, into, by=cast.checker)
    second, first = submit_report(TEXTS[1], cast.school), submit_report(TEXTS[0], cast.school)
    assert {second, first} < set(merge_tree.confirmed_reports(into))
    assert Wording.objects.count() == 2
    merging.unmerge(case, by=cast.checker)
    assert first in merge_tree.confirmed_reports(case)  # it brought the words of the part that left
    assert first not in merge_tree.confirmed_reports(into)
    assert second in merge_tree.confirmed_reports(into)
    into.refresh_from_db()
    assert into.last_report_at == second.created_at
    assert case_of(submit_report(TEXTS[0], cast.school)) == case


def test_split_of_what_a_merge_joined_leaves_the_rest_as_it_was(cast: Cast) -> None:
    stays = submit_report(TEXTS[0], cast.school)
    case = case_of(stays)
    before = everything()
    moved = submit_report(TEXTS[1], cast.school)
    merging.merge(case_of(moved), case, by=cast.checker)
    new = merging.split(moved, by=cast.checker)
    assert list(merge_tree.confirmed_reports(case)) == [stays]
    assert list(merge_tree.confirmed_reports(new)) == [moved]
    after = everything()
    assert after["cases"][0] == before["cases"][0]
    assert [row for row in after["wordings"] if row["case"] == case.pk] == before["wordings"]
    assert [row["case"] for row in after["wordings"] if row["report"] == moved.pk] == [new.pk]


steps = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=6)


@pytest.mark.django_db
@given(steps=steps)
@settings(max_examples=12, suppress_health_check=list(HealthCheck))
def test_merges_undone_in_any_nesting_restore_everything(steps: list[tuple[int, int]]) -> None:
    from factcheck.exceptions import FactcheckError

    with transaction.atomic():
        team = make_cast()
        row = [case_of(submit_report(text, team.school)) for text in TEXTS]
        lifecycle.take(row[1], by=team.checker)
        before, done = everything(), []
        for one, other in steps:
            for case in row:
                case.refresh_from_db()
            try:
                with transaction.atomic():
                    merging.merge(row[one], row[other], by=team.checker)
            except FactcheckError:
                continue
            done.append(row[one])
        for case in reversed(done):
            merging.unmerge(Case.objects.get(pk=case.pk), by=team.checker)
        assert everything() == before
        transaction.set_rollback(True)
