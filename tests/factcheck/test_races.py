"""Several people at the same moment: exactly one succeeds, the others get a sentence."""

import os
import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections

from accounts.models import User
from audit.domain import chain
from factcheck import merge_tree
from factcheck.domain import notifications
from factcheck.domain.cases import demand, lifecycle
from factcheck.domain.duplicates import matches, merging, suggested_pairs
from factcheck.domain.editorial import notices, reviews
from factcheck.domain.index import packing, public_flag
from factcheck.enums import CaseStatus, MatchState, PairKind
from factcheck.exceptions import FactcheckError
from factcheck.models import Case, Match, NoticeVersion, PairDecision, Verdict
from intake.models import Report
from tests.factories import RUMOUR, Cast, case_at, make_cast, submit_report, verdict_at

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
ROUNDS = int(os.environ.get("RACE_ROUNDS", "5"))
MANY = 8  # threads at one moment


def together(*calls: Callable[[], Any]) -> list[Any]:
    """Run the calls in threads that start at one moment; a result or the exception for each."""
    barrier, answers = threading.Barrier(len(calls)), [None] * len(calls)

    def run(index: int, call: Callable[[], Any]) -> None:
        try:
            connections["default"].ensure_connection()
            barrier.wait(10)
            answers[index] = call()
        except Exception as error:
            answers[index] = error  # type: ignore[call-overload]
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index, call)) for index, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def one_winner(answers: list[Any]) -> None:
    losers = [answer for answer in answers if isinstance(answer, Exception)]
    assert len(losers) == len(answers) - 1, answers
    assert all(isinstance(loser, FactcheckError) and str(loser) for loser in losers), losers


@pytest.fixture
def team() -> Cast:
    return make_cast()


def test_three_who_send_the_same_words_make_one_case(team: Cast) -> None:
    for number in range(ROUNDS):
        text = f"Tin lan truyền lần thứ {number}: học sinh nghỉ học cả tuần"
        sent = [
            submit_report(text, unit, match=False) for unit in (team.school, team.sibling, team.so)
        ]
        answers = together(*(lambda r=report: matches.match_report(r) for report in sent))
        assert Counter(answer.action for answer in answers)["link"] == 2, answers
        linked = Match.objects.filter(report__in=sent, state=MatchState.CONFIRMED)
        assert len({match.case_id for match in linked}) == 1
    assert Case.objects.count() == ROUNDS
    assert len(set(Case.objects.values_list("number", flat=True))) == ROUNDS
    assert chain.check_chain().broken is None


def test_notice_published_while_its_wordings_are_packed_keeps_their_flag(
    team: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = case_at(CaseStatus.APPROVED, team)
    looked, published = threading.Event(), threading.Event()
    read_stale_ids = public_flag.stale_ids

    def slowly(wordings: set[int]) -> set[int]:
        stale = read_stale_ids(wordings)
        looked.set()
        published.wait(1)  # in vain: the publisher has to wait for this transaction
        return stale

    def publish() -> None:
        looked.wait(10)
        notices.publish(case.verdicts.get(), by=team.approver)
        published.set()

    monkeypatch.setattr(public_flag, "stale_ids", slowly)
    answers = together(packing.pack_waiting, publish)
    assert not [answer for answer in answers if isinstance(answer, Exception)], answers
    assert set(case.wordings.values_list("answered", flat=True)) == {True}


def test_different_words_at_once_get_different_numbers(team: Cast) -> None:
    texts = ("Bữa trưa có giòi", "Xe buýt đổi giờ chạy", "Học phí tăng gấp đôi", "Mất điện cả tuần")
    sent = [submit_report(text, team.school, match=False) for text in texts]
    answers = together(*(lambda r=report: matches.match_report(r) for report in sent))
    assert not [answer for answer in answers if isinstance(answer, Exception)], answers
    assert Case.objects.count() == len(set(Case.objects.values_list("number", flat=True))) == 4


def test_one_report_matched_twice_at_once_has_one_case(team: Cast) -> None:
    report = submit_report(RUMOUR, team.school, match=False)
    again = [Report.objects.get(pk=report.pk) for _ in range(3)]
    answers = together(*(lambda r=row: matches.match_report(r) for row in again))
    assert not [answer for answer in answers if isinstance(answer, Exception)], answers
    assert Match.objects.get().case == Case.objects.get()


def test_two_who_take_a_case_at_once(team: Cast) -> None:
    for number in range(ROUNDS):
        pk = case_at(CaseStatus.NEW, team, text=f"Tin số {number} về bữa ăn ở trường").pk

        def take(user: User, pk: int = pk) -> Case:
            return lifecycle.take(Case.objects.get(pk=pk), by=user)

        answers = together(lambda: take(team.checker), lambda: take(team.colleague))
        one_winner(answers)
        case = Case.objects.get(pk=pk)
        assert case.assignee in (team.checker, team.colleague)
        assert case.version == 2


def test_two_who_approve_at_once(team: Cast) -> None:
    for number in range(ROUNDS):
        pk = verdict_at(CaseStatus.IN_REVIEW, team, text=f"Tin số {number} về xe buýt").pk

        def decide(user: User, pk: int = pk) -> Verdict:
            return reviews.approve(Verdict.objects.get(pk=pk), by=user)

        one_winner(together(lambda: decide(team.reviewer), lambda: decide(team.pooled)))
        verdict = Verdict.objects.get(pk=pk)
        assert verdict.reviewed_by in (team.reviewer, team.pooled)


def test_approval_and_withdrawal_at_once_leave_one_of_them(team: Cast) -> None:
    from factcheck.domain.editorial import verdicts

    for number in range(ROUNDS):
        pk = verdict_at(CaseStatus.IN_REVIEW, team, text=f"Tin số {number} về đồng phục").pk

        def approve(pk: int = pk) -> Verdict:
            return reviews.approve(Verdict.objects.get(pk=pk), by=team.reviewer)

        def withdraw(pk: int = pk) -> Verdict:
            return verdicts.withdraw(Verdict.objects.get(pk=pk), by=team.checker)

        together(approve, withdraw)  # withdrawal may also follow the approval
        verdict = Verdict.objects.select_related("case").get(pk=pk)
        assert (verdict.state, verdict.case.status) in (
            ("approved", CaseStatus.APPROVED),
            ("withdrawn", CaseStatus.CHECKING),
        )


def test_two_who_publish_at_once(team: Cast) -> None:
    for number in range(ROUNDS):
        pk = verdict_at(CaseStatus.APPROVED, team, text=f"Tin số {number} về thực đơn").pk

        def publish(pk: int = pk) -> NoticeVersion:
            return notices.publish(Verdict.objects.get(pk=pk), by=team.approver)

        one_winner(together(publish, publish))
        assert NoticeVersion.objects.filter(verdict=pk).count() == 1
    assert chain.check_chain().broken is None


def test_two_cases_merged_into_each_other_at_once(team: Cast) -> None:
    first = case_at(CaseStatus.NEW, team, text="Tin một về học phí của trường").pk
    second = case_at(CaseStatus.NEW, team, text="Tin hai về xe buýt của trường").pk

    def merge(one: int, other: int) -> Case:
        return merging.merge(Case.objects.get(pk=one), Case.objects.get(pk=other), by=team.checker)

    one_winner(together(lambda: merge(first, second), lambda: merge(second, first)))
    assert Case.objects.filter(status=CaseStatus.MERGED).count() == 1


def test_everyone_is_notified_once_by_two_workers_at_once(team: Cast) -> None:
    for _ in range(4):
        submit_report(RUMOUR, team.school)
    pk = verdict_at(CaseStatus.PUBLISHED, team).published.pk
    answers = together(
        *(lambda: notifications.notify_reporters(NoticeVersion.objects.get(pk=pk).notice.case),) * 2
    )
    assert sum(answers) == 5, answers
    assert chain.check_chain().broken is None


def _no_errors(answers: list[Any]) -> None:
    assert not [answer for answer in answers if isinstance(answer, Exception)], answers


def _match_all(text: str, team: Cast, count: int) -> tuple[list[Report], list[Callable[[], Any]]]:
    """Reports of the same words, and a call for each that matches it."""
    units = (team.school, team.sibling, team.so)
    sent = [submit_report(text, units[number % 3], match=False) for number in range(count)]
    return sent, [lambda r=report: matches.match_report(r) for report in sent]


def _homes(sent: list[Report]) -> set[int]:
    """The cases the reports are in now; each report is in exactly one."""
    linked = Match.objects.filter(report__in=sent, state=MatchState.CONFIRMED)
    assert linked.count() == len(sent)
    return set(merge_tree.canonical_ids(linked.values_list("case_id", flat=True)).values())


def _dated(number: int, day: int) -> str:
    return RUMOUR.replace("1482", str(1000 + number)).replace("28/11", f"{day}/11")


def test_eight_who_send_the_same_words_make_one_case(team: Cast) -> None:
    for number in range(ROUNDS):
        sent, calls = _match_all(_dated(number, 28), team, MANY)
        answers = together(*calls)
        _no_errors(answers)
        assert Counter(answer.action for answer in answers)["link"] == MANY - 1
        assert len(_homes(sent)) == 1
    assert Case.objects.count() == ROUNDS
    assert chain.check_chain().broken is None


def test_rejection_while_reports_are_linked_stays_and_loses_none(team: Cast) -> None:
    for number in range(ROUNDS):
        first = matches.current_match(submit_report(_dated(number, 28), team.school)).case
        report = submit_report(_dated(number, 27), team.school)
        second = matches.current_match(report).case
        pair, _made = Match.objects.get_or_create(
            report=report, case=first, defaults={"state": MatchState.SUGGESTED}
        )
        sent, calls = _match_all(_dated(number, 28), team, MANY - 1)

        def reject(pk: int = pair.pk) -> Match:
            return matches.reject(Match.objects.get(pk=pk), by=team.checker)

        _no_errors(together(reject, *calls))
        assert _homes(sent) == {first.pk}
        assert second not in [pair.case for pair in suggested_pairs.suggestions_for(first)]
        assert Match.objects.get(pk=pair.pk).state == MatchState.REJECTED
    assert PairDecision.objects.filter(kind=PairKind.DIFFERENT).count() == ROUNDS
    assert chain.check_chain().broken is None


def test_report_is_never_linked_against_a_rejection_at_the_same_moment(team: Cast) -> None:
    for number in range(ROUNDS):
        case = matches.current_match(submit_report(_dated(number, 28), team.school)).case
        report = submit_report(_dated(number, 28), team.school, match=False)
        pair = Match.objects.create(report=report, case=case, state=MatchState.SUGGESTED)

        def reject(pk: int = pair.pk) -> Match:
            return matches.reject(Match.objects.get(pk=pk), by=team.checker)

        def link(pk: int = report.pk) -> Any:
            return matches.match_report(Report.objects.get(pk=pk))

        answers = together(reject, *(link,) * (MANY - 1))
        _no_errors(answers[1:])
        pair.refresh_from_db()
        refused = isinstance(answers[0], FactcheckError)  # it had been linked a moment before
        assert pair.state == (MatchState.CONFIRMED if refused else MatchState.REJECTED)
        assert (_homes([report]) == {case.pk}) is refused


def test_merge_while_reports_are_linked_loses_none(team: Cast) -> None:
    for number in range(ROUNDS):
        case = matches.current_match(submit_report(_dated(number, 28), team.school)).case.pk
        into = matches.current_match(submit_report(_dated(number, 27), team.school)).case.pk
        sent, calls = _match_all(_dated(number, 28), team, MANY - 1)

        def merge(one: int = case, other: int = into) -> Case:
            pair = Case.objects.get(pk=one), Case.objects.get(pk=other)
            return merging.merge(*pair, by=team.checker)

        _no_errors(together(merge, *calls))
        assert _homes(sent) == {into}
        assert demand.measure(Case.objects.get(pk=into)).reports == MANY + 1
    assert chain.check_chain().broken is None


def test_merge_and_rejection_of_one_pair_at_once_leave_one_of_them(team: Cast) -> None:
    for number in range(ROUNDS):
        one = matches.current_match(submit_report(_dated(number, 28), team.school)).case.pk
        two = matches.current_match(submit_report(_dated(number, 27), team.school)).case.pk

        def merge(one: int = one, two: int = two) -> Case:
            return merging.merge(
                Case.objects.get(pk=two), Case.objects.get(pk=one), by=team.checker
            )

        def differ(one: int = one, two: int = two) -> PairDecision:
            pair = Case.objects.get(pk=one), Case.objects.get(pk=two)
            return merging.mark_different(*pair, by=team.colleague)

        answers = together(*(merge, differ) * (MANY // 2))
        losers = [answer for answer in answers if isinstance(answer, Exception)]
        assert all(isinstance(loser, FactcheckError) for loser in losers), losers
        (active,) = PairDecision.objects.filter(case__in=[one, two], undone_at__isnull=True)
        merged = Case.objects.get(pk=two).status == CaseStatus.MERGED
        assert active.kind == (PairKind.MERGED if merged else PairKind.DIFFERENT)
    assert chain.check_chain().broken is None
