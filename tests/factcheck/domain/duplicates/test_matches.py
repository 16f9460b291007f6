import pytest

from accounts.exceptions import NotAllowed
from factcheck import merge_tree, tasks
from factcheck.domain.duplicates import matches, suggested_pairs
from factcheck.enums import CaseStatus, MatchState, Outcome, PairKind, Rating, Reach
from factcheck.exceptions import WrongState
from factcheck.models import Case, Match, PairDecision, Wording
from intake.domain import replies
from intake.enums import Stage
from matching.scoring.policy import Action
from tests.factories import RUMOUR, Cast, case_at, case_of, published, submit_report

OTHER_DATES = RUMOUR.replace("28/11/2031", "30/11/2031")


def test_same_words_link_without_a_person(cast: Cast) -> None:
    first = submit_report(RUMOUR, cast.school)
    second = submit_report("  " + RUMOUR.upper() + " !!! 😱", cast.sibling)
    match = matches.current_match(second)
    assert match is not None
    assert match.case == case_of(first)
    assert match.decided_by is None
    assert match.explanation["same_text"] is True
    assert Wording.objects.filter(case=match.case).count() == 1
    assert Case.objects.count() == 1


def test_linked_report_raises_the_day_of_the_last_report_and_an_older_one_does_not_lower_it(
    cast: Cast,
) -> None:
    first = submit_report(RUMOUR, cast.school)
    assert case_of(first).last_report_at == first.created_at
    late, later = (submit_report(RUMOUR, cast.school, match=False) for _ in range(2))
    matches.match_report(later)
    assert case_of(first).last_report_at == later.created_at > late.created_at
    matches.match_report(late)  # its message came after the other's
    assert case_of(late) == case_of(first)
    assert case_of(first).last_report_at == later.created_at


def test_bare_link_is_suggested_to_the_case_of_that_page(cast: Cast) -> None:
    first = submit_report("", cast.school, url="https://example.com/bai-viet?utm_source=zalo")
    second = submit_report("", cast.school, url="http://www.example.com/bai-viet/")
    assert second.matches.get(state="suggested").case == case_of(first) != case_of(second)


def test_match_report_twice_changes_nothing(cast: Cast) -> None:
    report = submit_report(RUMOUR, cast.school)
    before = (Match.objects.count(), Case.objects.count(), Wording.objects.count())
    decision = matches.match_report(report)
    matches.match_report(report)
    assert (decision.action, decision.target) == (Action.LINK, case_of(report).pk)
    assert (Match.objects.count(), Case.objects.count(), Wording.objects.count()) == before


def test_match_report_of_a_report_that_is_gone_does_nothing(db: None) -> None:
    tasks.match_report(12345)
    assert not Case.objects.exists()


def test_rejected_pair_is_never_suggested_again(cast: Cast) -> None:
    first = case_of(submit_report(RUMOUR, cast.school))
    report = submit_report(OTHER_DATES, cast.school)
    second = case_of(report)
    pair = suggested_pairs.suggestions_for(second)[0].match
    matches.reject(pair, by=cast.checker)
    pair.refresh_from_db()
    assert (pair.state, pair.decided_by) == (MatchState.REJECTED, cast.checker)
    decision = PairDecision.objects.get()
    assert (decision.case, decision.other, decision.kind) == (second, first, PairKind.DIFFERENT)
    submit_report(OTHER_DATES.lower(), cast.school)  # another sender of the second text
    submit_report(RUMOUR + " nhé mọi người ơi", cast.school)
    assert first not in [s.case for s in suggested_pairs.suggestions_for(second)]
    assert second not in [s.case for s in suggested_pairs.suggestions_for(first)]
    with pytest.raises(WrongState):
        matches.confirm(pair, by=cast.checker)


def test_reject_of_the_reports_own_case_is_refused(cast: Cast) -> None:
    match = matches.current_match(submit_report(RUMOUR, cast.school))
    assert match is not None
    with pytest.raises(WrongState):
        matches.reject(match, by=cast.checker)


def test_confirm_merges_the_reports_case(cast: Cast) -> None:
    first = case_of(submit_report(RUMOUR, cast.school))
    second = case_of(submit_report(OTHER_DATES, cast.school))
    matches.confirm(suggested_pairs.suggestions_for(second)[0].match, by=cast.checker)
    second.refresh_from_db()
    assert (second.status, second.merged_into) == (CaseStatus.MERGED, first)
    assert suggested_pairs.suggestions_for(first) == []
    third = submit_report(OTHER_DATES, cast.school)
    match = matches.current_match(third)
    assert match is not None
    assert match.case == second  # where its words are; the whole is the first
    assert third in merge_tree.confirmed_reports(first)


def test_confirm_and_reject_are_refused_to_another_unit(cast: Cast) -> None:
    case_of(submit_report(RUMOUR, cast.school))
    second = case_of(submit_report(OTHER_DATES, cast.school))
    pair = suggested_pairs.suggestions_for(second)[0].match
    for decide in (matches.confirm, matches.reject):
        with pytest.raises(NotAllowed):
            decide(pair, by=cast.outsider)


def test_report_linked_to_a_published_case_gets_the_answer_at_once(cast: Cast) -> None:
    version = published(cast)
    report = submit_report(RUMOUR, cast.sibling)
    told = replies.timeline(report)
    assert told.stage == Stage.ANSWERED
    assert told.answer is not None
    assert told.answer.title == version.headline
    assert told.answer.verdict == Rating.FALSE
    assert told.answer.url == f"/thong-bao/{version.notice.slug}/"


def test_report_linked_to_a_case_being_checked_gets_the_stage(cast: Cast) -> None:
    case_at(CaseStatus.CHECKING, cast)
    assert replies.timeline(submit_report(RUMOUR, cast.school)).stage == Stage.CHECKING
    case_at(CaseStatus.IN_REVIEW, cast, text="Trường đổi giờ vào học buổi sáng")
    later = submit_report("Trường đổi giờ vào học buổi sáng", cast.school)
    assert replies.timeline(later).stage == Stage.IN_REVIEW


@pytest.mark.parametrize("outcome", [Outcome.OPINION, Outcome.ANSWERED])
def test_report_linked_to_a_closed_case_gets_the_outcome(cast: Cast, outcome: Outcome) -> None:
    case_at(CaseStatus.CLOSED, cast, outcome=outcome)
    report = submit_report(RUMOUR, cast.school)
    told = replies.timeline(report)
    assert told.stage == Stage.ANSWERED
    assert told.answer is not None
    assert told.answer.url == ""
    assert (report.purge_after is not None) == (outcome == Outcome.OPINION)


def test_private_reply_goes_to_new_reporters_without_a_link(cast: Cast) -> None:
    case = case_at(CaseStatus.CLOSED, cast, outcome=Outcome.ANSWERED)
    assert case.verdicts.get().reach == Reach.REPORTERS_ONLY
    answer = replies.timeline(submit_report(RUMOUR, cast.school)).answer
    assert answer is not None
    assert (answer.verdict, answer.url) == ("false", "")
