import pytest

from accounts.domain import memberships
from accounts.enums import Role
from accounts.exceptions import NotAllowed
from factcheck import permissions
from factcheck.domain.cases import lifecycle
from factcheck.domain.duplicates import matches, merging
from factcheck.domain.editorial.verdicts import lock_and_reload
from factcheck.enums import CaseStatus
from factcheck.exceptions import SecondPersonRequired, SecondUnitRequired, WrongState
from factcheck.states import Verb
from tests.factories import (
    RUMOUR,
    Cast,
    case_at,
    case_of,
    make_unit,
    make_user,
    submit_report,
    verdict_at,
)


def test_a_school_sees_its_cases_and_a_sibling_none_of_them(cast: Cast) -> None:
    own_case = case_of(submit_report(RUMOUR, cast.school))
    sibling_case = case_of(submit_report("Xe buýt của trường bị hỏng phanh", cast.sibling))
    assert set(permissions.visible_cases(cast.checker)) == {own_case}
    assert set(permissions.visible_cases(cast.outsider)) == {sibling_case}
    assert set(permissions.visible_cases(cast.overseer)) == {own_case, sibling_case}
    assert set(permissions.visible_cases(cast.reviewer)) == {own_case, sibling_case}
    assert not permissions.visible_cases(cast.admin).exists()


def test_a_shared_case_shows_each_school_its_own_reports_only(cast: Cast) -> None:
    own_report = submit_report(RUMOUR, cast.school)
    sibling_report = submit_report(RUMOUR, cast.sibling)
    case = case_of(own_report)
    assert case == case_of(sibling_report)
    assert case in permissions.visible_cases(cast.outsider)
    assert list(permissions.visible_reports(cast.outsider, case)) == [sibling_report]
    assert list(permissions.visible_reports(cast.checker, case)) == [own_report]
    assert set(permissions.visible_reports(cast.overseer, case)) == {own_report, sibling_report}
    assert not permissions.visible_reports(cast.pooled, case).exists()


ELSEWHERE = "Cô chủ nhiệm lớp bên ép học thêm, trường mình có biết không?"


def test_what_is_read_elsewhere_is_hidden_from_the_unit_it_is_about(cast: Cast) -> None:
    both = make_user(Role.CHECKER, cast.xa)
    memberships.grant(both, cast.school, Role.CHECKER, by=None)
    report = submit_report(ELSEWHERE, cast.school, reader="elsewhere")
    case = case_of(report)
    assert case.unit == cast.xa
    assert case.claim == ELSEWHERE
    for user in (cast.checker, cast.own_reviewer, cast.approver, both, cast.outsider):
        assert case not in permissions.visible_cases(user)
        assert not permissions.visible_reports(user, case)
    for user in (cast.reviewer, cast.overseer):
        assert case in permissions.visible_cases(user)
        assert list(permissions.visible_reports(user, case)) == [report]


def test_the_unit_sees_the_claim_once_it_is_written_but_never_the_report(cast: Cast) -> None:
    writer = make_user(Role.CHECKER, cast.xa)
    case = case_of(submit_report(ELSEWHERE, cast.school, reader="elsewhere"))
    own = submit_report(ELSEWHERE, cast.school)
    assert case_of(own) == case
    assert case not in permissions.visible_cases(cast.checker)
    lifecycle.take(case, by=writer)
    lifecycle.set_claim(case, "Trường có ép học sinh học thêm.", version=None, by=writer)
    assert case in permissions.visible_cases(cast.checker)
    assert list(permissions.visible_reports(cast.checker, case)) == [own]


def test_a_report_read_elsewhere_does_not_hide_the_unit_own_case(cast: Cast) -> None:
    own = submit_report(ELSEWHERE, cast.school)
    other = submit_report(ELSEWHERE, cast.school, reader="elsewhere")
    case = case_of(own)
    assert case_of(other) == case
    assert case in permissions.visible_cases(cast.checker)
    assert list(permissions.visible_reports(cast.checker, case)) == [own]


def test_a_suggestion_alone_shows_nothing(cast: Cast) -> None:
    submit_report(RUMOUR, cast.school)
    submit_report(RUMOUR.replace("28/11", "30/11"), cast.sibling)
    assert permissions.visible_cases(cast.outsider).count() == 1


def test_reports_of_merged_cases_are_followed(cast: Cast) -> None:
    own = submit_report("Tin của trường Đồi Sim về lũ", cast.sibling)
    into = case_of(submit_report(RUMOUR, cast.school))
    merging.merge(case_of(own), into, by=make_user(Role.CHECKER, cast.xa))
    assert into in permissions.visible_cases(cast.outsider)
    assert list(permissions.visible_reports(cast.outsider, into)) == [own]


def test_pool_reviewer_sees_a_case_only_while_a_decision_is_due(cast: Cast) -> None:
    case = case_at(CaseStatus.CHECKING, cast)
    assert case not in permissions.visible_cases(cast.pooled)
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast, case=case)
    assert case in permissions.visible_cases(cast.pooled)
    assert permissions.check_can_review(verdict, cast.pooled) == cast.far


def test_editing_asks_to_take_the_case_and_stops_at_review(cast: Cast) -> None:
    new = case_at(CaseStatus.NEW, cast, text="Tin về thực đơn bán trú")
    with pytest.raises(WrongState, match=r"\w{4,}"):
        permissions.check_can_check(new, cast.checker)
    for status in (CaseStatus.CHECKING, CaseStatus.WAITING):
        case = case_at(status, cast, text=f"Tin khác {status}")
        permissions.check_can_check(case, cast.colleague)
        with pytest.raises(NotAllowed):
            permissions.check_can_check(case, cast.outsider)
        with pytest.raises(NotAllowed):
            permissions.check_can_check(case, cast.approver)
    for status in (CaseStatus.IN_REVIEW, CaseStatus.APPROVED, CaseStatus.PUBLISHED):
        with pytest.raises(WrongState):
            permissions.check_can_check(
                case_at(status, cast, text=f"Tin khác nữa {status}"), cast.checker
            )


def test_nobody_reviews_their_own_verdict_in_any_role(cast: Cast) -> None:
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast)
    memberships.grant(cast.checker, cast.xa, Role.REVIEWER, by=None)
    with pytest.raises(SecondPersonRequired):
        permissions.check_can_review(verdict, cast.checker)
    with pytest.raises(NotAllowed):
        permissions.check_can_review(verdict, cast.colleague)
    with pytest.raises(NotAllowed):
        permissions.check_can_review(verdict, cast.outsider)


def test_a_unit_that_is_concerned_cannot_decide_alone(cast: Cast) -> None:
    case = case_at(CaseStatus.CHECKING, cast)
    lifecycle.triage(case, concerns=[cast.school], by=cast.checker)
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast, case=case)
    assert verdict.about_own_unit
    with pytest.raises(SecondUnitRequired):
        permissions.check_can_review(verdict, cast.own_reviewer)
    assert permissions.check_can_review(verdict, cast.reviewer) == cast.xa


def test_another_concerned_unit_does_not_decide_either(cast: Cast) -> None:
    case = case_at(CaseStatus.CHECKING, cast)
    lifecycle.triage(case, concerns=[cast.school, cast.xa], by=cast.checker)
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast, case=case)
    with pytest.raises(SecondUnitRequired):
        permissions.check_can_review(verdict, cast.reviewer)
    permissions.check_can_review(verdict, cast.pooled)


def test_own_reviewer_may_review_what_concerns_somebody_else(cast: Cast) -> None:
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast)
    assert not verdict.about_own_unit
    assert permissions.check_can_review(verdict, cast.own_reviewer) == cast.school


def test_the_unit_above_a_concerned_one_decides_alone(cast: Cast) -> None:
    case = case_of(submit_report(RUMOUR, cast.so))
    lifecycle.take(case, by=cast.overseer)
    lifecycle.triage(case, concerns=[cast.school], by=cast.overseer)
    cast.checker = cast.overseer
    cast.reviewer = make_user(Role.REVIEWER, cast.so)
    verdict = verdict_at(CaseStatus.APPROVED, cast, case=case)
    assert verdict.author_unit == verdict.reviewer_unit == cast.so


def test_abilities_agree_with_the_checks(cast: Cast) -> None:
    case = case_at(CaseStatus.IN_REVIEW, cast)
    assert set(permissions.abilities(case, cast.reviewer)) == {
        *(verb.value for verb in Verb),
        "check",
    }
    given = {name for name, yes in permissions.abilities(case, cast.reviewer).items() if yes}
    assert given == {"approve", "send_back"}
    assert not any(permissions.abilities(case, cast.admin).values())
    case = case_at(CaseStatus.CHECKING, cast, text="Tin về xe đưa đón")
    given = {name for name, yes in permissions.abilities(case, cast.checker).items() if yes}
    assert {"check", "release", "wait", "close", "merge"} <= given
    assert "approve" not in given


def test_abilities_hide_approval_from_a_concerned_reviewer(cast: Cast) -> None:
    case = case_at(CaseStatus.CHECKING, cast)
    lifecycle.triage(case, concerns=[cast.school], by=cast.checker)
    verdict_at(CaseStatus.IN_REVIEW, cast, case=case)
    assert not permissions.abilities(case, cast.own_reviewer)["approve"]
    assert permissions.abilities(case, cast.reviewer)["approve"]


def test_refusals_are_sentences(cast: Cast) -> None:
    case = case_at(CaseStatus.NEW, cast)
    for verb in Verb:
        with pytest.raises(Exception, match=r"\w+ \w+") as refused:
            permissions.check_can(verb, case, make_user(Role.REPORTER, make_unit()))
        assert isinstance(refused.value, NotAllowed)


def test_closed_account_may_do_nothing(cast: Cast) -> None:
    case = case_at(CaseStatus.NEW, cast)
    cast.checker.is_active = False
    cast.checker.save(update_fields=["is_active"])
    with pytest.raises(NotAllowed):
        permissions.check_can(Verb.TAKE, case, cast.checker)
    assert not permissions.visible_cases(cast.checker).exists()


def test_superuser_has_no_editorial_permission(cast: Cast) -> None:
    case = case_at(CaseStatus.NEW, cast)
    user = make_user()
    user.is_superuser = True
    user.save(update_fields=["is_superuser"])
    permissions.check_can_manage_sources(user)
    assert not permissions.visible_cases(user).exists()
    assert not any(permissions.abilities(case, user).values())


def test_lock_and_reload_keeps_the_verdicts_case_fresh(cast: Cast) -> None:
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast)
    stale = type(verdict).objects.select_related("case").get(pk=verdict.pk)
    matches.match_report(submit_report(RUMOUR, cast.school, match=False))
    assert lock_and_reload(stale).case.status == CaseStatus.IN_REVIEW


def test_a_report_of_a_published_claim_opens_nothing_of_another_units_case(cast: Cast) -> None:
    case = verdict_at(CaseStatus.PUBLISHED, cast).case
    report = submit_report(RUMOUR, cast.sibling)
    assert case_of(report) == case
    assert case not in permissions.visible_cases(cast.outsider)
    assert case in permissions.visible_cases(cast.checker)
    assert case in permissions.visible_cases(cast.overseer)
