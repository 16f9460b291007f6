import pytest

from factcheck.domain.duplicates import matches, merging, pair_history, suggested_pairs
from factcheck.domain.index import exclusions
from tests.factories import RUMOUR, Cast, case_of, submit_report

OTHER_DATES = RUMOUR.replace("28/11/2031", "30/11/2031")
ELSE = "Trường bắt mua đồng phục mới 640.000 đồng trước Tết"


pytestmark = pytest.mark.django_db


def test_history_lists_the_policy_and_every_person(cast: Cast) -> None:
    first, second = (case_of(submit_report(text, cast.school)) for text in (RUMOUR, OTHER_DATES))
    assert [event.by for event in pair_history.history(first, second)] == [None]
    pair = suggested_pairs.suggestions_for(second)[0].match
    matches.reject(pair, reason="Khác ngày", by=cast.checker)
    merging.merge(second, first, by=cast.colleague)
    merging.unmerge(second, by=cast.checker)
    events = pair_history.history(second, first)
    assert [(e.kind, e.by) for e in events if e.by != cast.checker] == [
        ("suggested", None),
        ("merged", cast.colleague),
    ]
    undone = [event for event in events if event.undone_at]
    assert {event.kind for event in undone} == {"different", "merged"}
    assert all(event.at for event in events)


def test_blockers_are_decisions_and_exclusions(cast: Cast) -> None:
    first, second = (case_of(submit_report(text, cast.school)) for text in (RUMOUR, ELSE))
    assert pair_history.blockers(first, second) == []
    assert len(pair_history.blockers(first, first)) == 1
    merging.mark_different(first, second, by=cast.checker)
    exclusions.exclude(second, "Vô nghĩa", by=cast.checker)
    assert len(pair_history.blockers(first, second)) == 2


def test_history_has_no_score_where_a_detail_conflicted(cast: Cast) -> None:
    first, second = (case_of(submit_report(text, cast.school)) for text in (RUMOUR, OTHER_DATES))
    assert [event.score for event in pair_history.history(first, second)] == [None]
    third = case_of(submit_report(RUMOUR.replace("tránh lũ", "phòng lũ"), cast.school))
    (event,) = pair_history.history(first, third)
    assert event.score is not None
    assert event.score > 0.8
