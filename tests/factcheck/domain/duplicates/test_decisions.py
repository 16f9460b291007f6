"""A pair that a person rejected is never suggested again: after merge, unmerge, split and rebuild,
and for the reports of others."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from factcheck.domain.cases import lifecycle, purging
from factcheck.domain.duplicates import decisions, matches, merging, suggested_pairs
from factcheck.enums import MatchState, Outcome, PairKind
from factcheck.exceptions import WrongState
from factcheck.models import Case, Match, PairDecision
from matching.scoring.policy import Action
from tests.factories import RUMOUR, Cast, case_of, submit_report


def dated(day: int) -> str:
    """The same letter with another last day: similar enough to be suggested, never linked."""
    return RUMOUR.replace("28/11/2031", f"{day}/11/2031")


def opened(cast: Cast, day: int) -> Case:
    return case_of(submit_report(dated(day), cast.school))


def suggested(case: Case) -> set[Case]:
    case.refresh_from_db()
    return {pair.case for pair in suggested_pairs.suggestions_for(case)}


def reject(case: Case, other: Case, cast: Cast, reason: str = "Khác ngày") -> None:
    (pair,) = [
        suggestion.match
        for suggestion in suggested_pairs.suggestions_for(case)
        if suggestion.case == other
    ]
    matches.reject(pair, reason=reason, by=cast.checker)


@pytest.fixture
def rejected(cast: Cast) -> tuple[Case, Case]:
    """A pair that was suggested and that a person said is not one claim."""
    first, second = opened(cast, 28), opened(cast, 27)
    reject(second, first, cast)
    return first, second


def test_rejection_keeps_who_when_and_why(cast: Cast, rejected: tuple[Case, Case]) -> None:
    first, second = rejected
    decision = PairDecision.objects.get()
    assert {decision.case, decision.other} == {first, second}
    assert (decision.kind, decision.reason) == (PairKind.DIFFERENT, "Khác ngày")
    assert (decision.decided_by, decision.undone_at) == (cast.checker, None)
    pair = Match.objects.get(state=MatchState.REJECTED)
    assert (pair.reason, pair.decided_by) == ("Khác ngày", cast.checker)
    assert pair.decided_at is not None


def test_confirmation_keeps_why(cast: Cast) -> None:
    first, second = opened(cast, 28), opened(cast, 27)
    matches.confirm(
        suggested_pairs.suggestions_for(second)[0].match, reason=" Cùng\nảnh ", by=cast.checker
    )
    decision = PairDecision.objects.get(case=second, other=first)
    assert (decision.kind, decision.reason) == (PairKind.MERGED, "Cùng ảnh")


def test_rejected_pair_is_not_suggested_while_one_is_merged_and_after(
    cast: Cast, rejected: tuple[Case, Case]
) -> None:
    first, second = rejected
    into = case_of(submit_report("Trường Nắng Mai thu 640.000 đồng tiền đồng phục", cast.school))
    merging.merge(first, into, by=cast.checker)
    assert second not in suggested(into)
    assert into not in suggested(second)
    merging.unmerge(first, by=cast.checker)
    assert first not in suggested(second)
    assert second not in suggested(first)


def test_unmerged_case_copies_the_decisions_about_the_whole(cast: Cast) -> None:
    whole, part, other = opened(cast, 28), opened(cast, 27), opened(cast, 26)
    assert {whole, other} == suggested(part)
    merging.merge(part, whole, by=cast.checker)
    merging.mark_different(whole, other, reason="Văn bản khác", by=cast.colleague)
    merging.unmerge(part, by=cast.checker)
    assert other not in suggested(part)
    assert whole in suggested(part)  # the merge was undone: nobody has decided about these two
    copied = PairDecision.objects.get(case=part, other=other)
    assert (copied.decided_by, copied.reason) == (cast.colleague, "Văn bản khác")


def test_split_report_copies_the_decisions_about_the_whole(cast: Cast) -> None:
    whole, other = opened(cast, 28), opened(cast, 26)
    moved = submit_report(dated(27), cast.school)
    merging.merge(case_of(moved), whole, by=cast.checker)
    reject(whole, other, cast)
    new = merging.split(moved, reason="Nhầm", by=cast.checker)
    assert suggested(new) == set()
    assert new not in suggested(other)


def test_unmerged_part_of_a_part_copies_the_decisions_of_every_level(cast: Cast) -> None:
    low, middle, top, other = (opened(cast, day) for day in (28, 27, 26, 25))
    merging.merge(low, middle, by=cast.checker)
    merging.merge(middle, top, by=cast.checker)
    merging.mark_different(top, other, by=cast.checker)
    merging.unmerge(low, by=cast.checker)
    assert other not in suggested(low)


def test_part_merged_later_does_not_copy_earlier_decisions(
    cast: Cast, rejected: tuple[Case, Case]
) -> None:
    first, second = rejected
    later = opened(cast, 25)
    merging.merge(later, first, by=cast.checker)
    merging.unmerge(later, by=cast.checker)
    assert suggested(later) == {first, second}


def test_rebuilt_index_suggests_no_rejected_pair(cast: Cast, rejected: tuple[Case, Case]) -> None:
    first, second = rejected
    call_command("rebuild_index", verbosity=0)
    assert submit_report(dated(28), cast.school).matches.count() == 1  # joined as before
    assert first not in suggested(second)


def test_third_report_of_the_same_words_is_linked_and_suggests_nothing(
    cast: Cast, rejected: tuple[Case, Case]
) -> None:
    first, second = rejected
    third = submit_report(dated(28).upper() + " !!!", cast.sibling)
    assert case_of(third) == first
    assert third.matches.count() == 1
    assert second not in suggested(first)
    assert first not in suggested(second)


def test_third_report_like_both_does_not_suggest_the_pair_again(
    cast: Cast, rejected: tuple[Case, Case]
) -> None:
    first, second = rejected
    third = opened(cast, 29)
    assert suggested(third) == {first, second}
    merging.merge(
        third, first, by=cast.checker
    )  # now it is a report of the first that is like both
    assert second not in suggested(first)
    assert first not in suggested(second)


def test_report_matched_again_is_not_suggested_to_rejected_cases(
    cast: Cast, rejected: tuple[Case, Case]
) -> None:
    first, second = rejected
    joined = submit_report(dated(28), cast.school)
    assert second.pk in decisions.rejected_case_ids(joined)
    assert first.pk not in decisions.rejected_case_ids(joined)


def test_link_is_dropped_when_a_person_rejected_it_meanwhile(cast: Cast) -> None:
    report = submit_report(RUMOUR, cast.school, match=False)
    case = case_of(submit_report(RUMOUR, cast.school))
    pair = Match.objects.create(report=report, case=case, state=MatchState.SUGGESTED)
    matches.reject(pair, by=cast.checker)
    assert matches.match_report(report).action != Action.LINK
    assert case_of(report) != case
    pair.refresh_from_db()
    assert pair.state == MatchState.REJECTED


def test_unmerge_restores_the_rejection_that_the_merge_had_undone(
    cast: Cast, rejected: tuple[Case, Case]
) -> None:
    first, second = rejected
    merging.merge(second, first, reason="Nhầm trước đây", by=cast.colleague)
    assert not PairDecision.objects.filter(kind=PairKind.DIFFERENT, undone_at__isnull=True).exists()
    merging.unmerge(second, by=cast.checker)
    again = PairDecision.objects.get(kind=PairKind.DIFFERENT, undone_at__isnull=True)
    assert (again.reason, again.decided_by) == ("Khác ngày", cast.checker)
    assert PairDecision.objects.count() == 3  # nothing of the past is lost
    assert first not in suggested(second)


def test_related_pair_is_not_suggested_to_anybody_either(cast: Cast) -> None:
    first, second = opened(cast, 28), opened(cast, 27)
    merging.mark_related(first, second, reason="Một bên bác bỏ", by=cast.checker)
    assert suggested(first) == suggested(second) == set()
    assert PairDecision.objects.get().reason == "Một bên bác bỏ"
    with pytest.raises(WrongState):
        matches.confirm(Match.objects.get(state=MatchState.REJECTED), by=cast.checker)


def test_purge_keeps_the_decision_without_its_words(
    cast: Cast, rejected: tuple[Case, Case]
) -> None:
    first, second = rejected
    closed = lifecycle.close(second, Outcome.PERSONAL, by=cast.checker)
    with time_machine.travel(timezone.now() + 2 * purging.period() + timedelta(days=1)):
        assert purging.purge(closed, by=None)
    decision = PairDecision.objects.get()
    assert (decision.kind, decision.reason) == (PairKind.DIFFERENT, "")
    assert decision.decided_by == cast.checker
    assert set(Match.objects.filter(report__matches__case=second).values_list("reason")) == {("",)}
    assert first not in suggested(second)
