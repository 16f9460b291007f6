import pytest

from accounts.exceptions import NotAllowed
from factcheck import merge_tree
from factcheck.domain import notifications
from factcheck.domain.cases import lifecycle
from factcheck.domain.duplicates import merging, second_person, suggested_pairs
from factcheck.domain.editorial import notices
from factcheck.enums import CaseStatus, MatchState, Outcome, PairKind
from factcheck.exceptions import ValidationError, WrongState
from factcheck.models import Case, Match, PairDecision, Wording
from intake.domain import replies
from tests.factories import (
    RUMOUR,
    Cast,
    case_at,
    case_of,
    draft_for,
    published,
    submit_report,
    verdict_at,
)

OTHER = RUMOUR.replace("28/11/2031", "30/11/2031")
TEXTS = [f"Tin số {word} về xe buýt của trường" for word in ("một", "hai", "ba", "bốn", "năm")]


def test_merge_leaves_rows_in_place_and_unmerge_restores(cast: Cast) -> None:
    report, other = submit_report(OTHER, cast.school), submit_report(RUMOUR, cast.school)
    case, into = case_of(report), case_of(other)
    merging.merge(case, into, reason="Cùng một tin", by=cast.checker)
    assert (case.status, case.merged_into) == (CaseStatus.MERGED, into)
    assert case_of(report) == case
    assert set(merge_tree.confirmed_reports(into)) == {report, other}
    decision = PairDecision.objects.get(kind=PairKind.MERGED)
    assert (decision.reason, decision.decided_by) == ("Cùng một tin", cast.checker)
    merging.unmerge(case, by=cast.colleague)
    decision.refresh_from_db()
    assert (case.status, case.merged_into) == (CaseStatus.NEW, None)
    assert decision.undone_by == cast.colleague
    assert set(merge_tree.confirmed_reports(into)) == {other}
    assert set(merge_tree.confirmed_reports(case)) == {report}


def test_merge_refuses_itself_cycles_and_closed_cases(cast: Cast) -> None:
    first, second, third = (case_of(submit_report(text, cast.school)) for text in TEXTS[:3])
    with pytest.raises(ValidationError):
        merging.merge(first, first, by=cast.checker)
    merging.merge(first, second, by=cast.checker)
    with pytest.raises(ValidationError):
        merging.merge(second, first, by=cast.checker)  # first is second by now
    with pytest.raises(WrongState):
        merging.merge(first, third, by=cast.checker)
    lifecycle.close(third, Outcome.SPAM, by=cast.checker)
    with pytest.raises(WrongState):
        merging.merge(second, third, by=cast.checker)


def test_merges_of_merged_cases_are_limited_in_depth(cast: Cast) -> None:
    row = [case_of(submit_report(text, cast.school)) for text in TEXTS]
    for index in range(3):
        merging.merge(row[index], row[index + 1], by=cast.checker)
    assert merge_tree.confirmed_reports(row[3]).count() == 4
    later = submit_report(TEXTS[0], cast.school)
    assert case_of(later) == row[0]  # where its words are
    assert later in merge_tree.confirmed_reports(row[3])
    with pytest.raises(ValidationError):
        merging.merge(row[3], row[4], by=cast.checker)


def test_merge_into_a_case_of_another_unit_needs_to_see_it(cast: Cast) -> None:
    own_case = case_of(submit_report(OTHER, cast.school))
    sibling_case = case_of(submit_report(RUMOUR, cast.sibling))
    with pytest.raises(NotAllowed):
        merging.merge(own_case, sibling_case, by=cast.checker)
    with pytest.raises(NotAllowed):
        merging.merge(own_case, sibling_case, by=cast.outsider)
    merging.merge(own_case, sibling_case, by=cast.overseer)


def test_merge_into_a_case_of_another_unit_with_a_public_notice_is_allowed(cast: Cast) -> None:
    version = published(cast)
    sibling_case = case_of(submit_report(OTHER, cast.sibling))
    assert not second_person.merge(sibling_case, version.notice.case, by=cast.outsider)
    second_person.confirm(*second_person.waiting(sibling_case), by=cast.reviewer)
    assert notifications.notify_reporters(version.notice.case) == 2


def test_reporters_of_merged_cases_get_the_answer_once(cast: Cast) -> None:
    report = submit_report(OTHER, cast.school)
    into = case_at(CaseStatus.CHECKING, cast)
    merging.merge(case_of(report), into, by=cast.checker)
    verdict = verdict_at(CaseStatus.APPROVED, cast, case=into)
    version = notices.publish(verdict, by=cast.approver)
    assert notifications.notify_reporters(version.notice.case) == 2
    assert notifications.notify_reporters(version.notice.case) == 0
    answer = replies.timeline(report).answer
    assert answer is not None
    assert answer.title == version.headline


def test_reporters_of_an_unmerged_case_are_told_and_get_corrections_of_what_they_read(
    cast: Cast,
) -> None:
    version = published(cast)
    report = submit_report(OTHER, cast.school)
    case, public = case_of(report), version.notice.case
    assert not second_person.merge(case, public, by=cast.checker)
    second_person.confirm(*second_person.waiting(case), by=cast.colleague)
    notifications.notify_reporters(version.notice.case)
    case.refresh_from_db()
    assert not second_person.unmerge(case, by=cast.checker)
    second_person.confirm(*second_person.waiting(case), by=cast.colleague)
    assert Match.objects.get(report=report, case=public).state == MatchState.SUGGESTED  # as before
    notices.revise(public, "correction", reason="Sửa ngày", by=cast.checker)
    verdict = draft_for(public, cast.checker, change_reason="Sửa ngày")
    verdict = verdict_at(CaseStatus.PUBLISHED, cast, case=public, change_reason="Sửa ngày")
    assert notifications.notify_reporters(verdict.published.notice.case) == 2
    keys = [reply.key for reply in replies.answers(report)]
    notice = f"notice:{version.notice_id}"
    assert keys == [f"{notice}:v1", f"unjoined:{public.pk}", f"{notice}:v2"]


def test_split_moves_one_report_out_for_good(cast: Cast) -> None:
    stays, moved = submit_report(RUMOUR, cast.school), submit_report(OTHER, cast.school)
    case, old = case_of(stays), case_of(moved)
    merging.merge(old, case, by=cast.checker)
    new = merging.split(moved, by=cast.checker)
    assert set(merge_tree.confirmed_reports(case)) == {stays}
    assert set(merge_tree.confirmed_reports(new)) == {moved}
    match = Match.objects.get(report=moved, case=old)
    assert (match.state, match.decided_by) == (MatchState.REJECTED, cast.checker)
    assert PairDecision.objects.filter(kind=PairKind.SPLIT, case=case, other=new).exists()
    assert suggested_pairs.suggestions_for(new) == []
    assert case_of(submit_report(OTHER, cast.school)) == new


def test_split_leaves_a_wording_that_others_share(cast: Cast) -> None:
    first, second = submit_report(RUMOUR, cast.school), submit_report(RUMOUR, cast.school)
    case = case_of(first)
    new = merging.split(first, by=cast.checker)
    assert Wording.objects.get(case=case).report == second
    assert Wording.objects.get(case=new).report == first
    third = submit_report(RUMOUR, cast.school)
    assert case_of(third) in (case, new)


def test_split_of_the_only_report_is_refused(cast: Cast) -> None:
    report = submit_report(RUMOUR, cast.school)
    with pytest.raises(ValidationError):
        merging.split(report, by=cast.checker)
    submit_report(RUMOUR, cast.school)
    with pytest.raises(NotAllowed):
        merging.split(report, by=cast.outsider)
    assert Case.objects.count() == 1


def test_mark_related_is_recorded_and_ends_the_suggestion(cast: Cast) -> None:
    first = case_of(submit_report(RUMOUR, cast.school))
    second = case_of(submit_report(OTHER, cast.school))
    merging.mark_related(second, first, by=cast.checker)
    merging.mark_related(second, first, by=cast.checker)
    assert PairDecision.objects.filter(kind=PairKind.RELATED).count() == 1
    assert suggested_pairs.suggestions_for(first) == suggested_pairs.suggestions_for(second) == []
    with pytest.raises(ValidationError):
        merging.mark_related(first, first, by=cast.checker)


def test_a_contrary_decision_undoes_the_earlier_one(cast: Cast) -> None:
    first = case_of(submit_report(RUMOUR, cast.school))
    second = case_of(submit_report(OTHER, cast.school))
    merging.decide_pair(first, second, PairKind.DIFFERENT, by=cast.checker)
    merging.merge(second, first, by=cast.colleague)
    different = PairDecision.objects.get(kind=PairKind.DIFFERENT)
    assert different.undone_by == cast.colleague
