"""Joining and splitting at an answered case takes two people."""

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.domain import guarded_acts, memberships
from accounts.enums import GuardedKind, Role
from accounts.exceptions import DomainError, NotAllowed
from factcheck import merge_tree
from factcheck.domain import notifications
from factcheck.domain.cases import lifecycle
from factcheck.domain.duplicates import matches, second_person
from factcheck.domain.duplicates.second_person import WaitingDecision
from factcheck.enums import CaseStatus
from factcheck.exceptions import SecondUnitRequired, WrongState
from factcheck.models import Case
from tests.factories import RUMOUR, Cast, case_of, make_user, published, submit_report, verdict_at

TRUE_STORY = RUMOUR.replace("28/11/2031", "30/11/2031")


def _proposed(cast: Cast, text: str = TRUE_STORY) -> WaitingDecision:
    """A case proposed to be merged into a published one by the school's checker."""
    public = published(cast).notice.case
    case = case_of(submit_report(text, cast.school))
    assert not second_person.merge(case, public, reason="Cùng một tin", by=cast.checker)
    (decision,) = second_person.waiting(case)
    return decision


def test_one_checker_cannot_merge_a_true_report_into_a_false_one(cast: Cast) -> None:
    decision = _proposed(cast)
    decision.case.refresh_from_db()
    assert decision.case.status == CaseStatus.NEW
    report = merge_tree.confirmed_reports(decision.case).get()
    notifications.notify_reporters(decision.other)
    assert not report.replies.filter(stage="answered").exists()
    with pytest.raises(DomainError):
        second_person.confirm(decision, by=cast.checker)
    with pytest.raises(NotAllowed):
        second_person.confirm(decision, by=cast.outsider)
    assert second_person.waiting_for(cast.checker) == []


def test_a_second_person_sees_both_texts_and_confirms(cast: Cast) -> None:
    decision = _proposed(cast)
    assert decision.texts == (TRUE_STORY, decision.other.claim)
    assert [row.act for row in second_person.waiting_for(cast.colleague)] == [decision.act]
    second_person.confirm(decision, by=cast.colleague)
    assert Case.objects.get(pk=decision.case.pk).merged_into == decision.other
    notifications.notify_reporters(decision.other)
    report = merge_tree.confirmed_reports(decision.other).get(text=TRUE_STORY)
    assert report.replies.filter(stage="answered").exists()


def test_where_a_unit_is_concerned_somebody_outside_confirms(cast: Cast) -> None:
    decision = _proposed(cast)
    lifecycle.triage(decision.case, concerns=[cast.school], by=cast.checker)
    with pytest.raises(SecondUnitRequired):
        second_person.confirm(decision, by=cast.colleague)
    second_person.confirm(decision, by=cast.reviewer)


def test_a_second_role_elsewhere_makes_nobody_independent(cast: Cast) -> None:
    decision = _proposed(cast)
    lifecycle.triage(decision.case, concerns=[cast.school], by=cast.checker)
    memberships.grant(cast.colleague, cast.xa, Role.REVIEWER, by=None)
    with pytest.raises(SecondUnitRequired):
        second_person.confirm(decision, by=cast.colleague)


def test_a_proposal_can_be_declined_and_withdrawn(cast: Cast) -> None:
    decision = _proposed(cast)
    with pytest.raises(WrongState):
        second_person.merge(decision.case, decision.other, by=cast.colleague)
    second_person.decline(decision, reason="Khác ngày", by=cast.colleague)
    assert second_person.waiting(decision.case) == []
    second_person.merge(decision.case, decision.other, by=cast.checker)
    second_person.withdraw(*second_person.waiting(decision.case), by=cast.checker)
    assert second_person.waiting(decision.case) == []
    assert Case.objects.get(pk=decision.case.pk).merged_into is None


def test_confirming_a_suggestion_of_an_answered_case_only_proposes(cast: Cast) -> None:
    public = published(cast).notice.case
    report = submit_report(TRUE_STORY, cast.school)
    match = report.matches.get(state="suggested", case=public)
    matches.confirm(match, by=cast.checker)
    assert case_of(report).merged_into is None
    assert len(second_person.waiting(public)) == 1


def test_what_joins_after_the_reviewer_has_read_takes_a_second_person(cast: Cast) -> None:
    into = verdict_at(CaseStatus.APPROVED, cast).case
    case = case_of(submit_report(TRUE_STORY, cast.school))
    assert not second_person.merge(case, into, by=cast.checker)


def test_between_unanswered_cases_one_person_is_enough(cast: Cast) -> None:
    into = case_of(submit_report(RUMOUR, cast.school))
    case = case_of(submit_report(TRUE_STORY, cast.school))
    assert second_person.merge(case, into, by=cast.checker)
    assert merge_tree.merged_texts(into) == [TRUE_STORY]  # the reviewer reads them
    assert second_person.unmerge(Case.objects.get(pk=case.pk), by=cast.checker)


def test_splitting_at_a_published_notice_takes_two(cast: Cast) -> None:
    public = published(cast).notice.case
    report = submit_report(RUMOUR, cast.school)
    assert second_person.split(report, by=cast.checker) is None
    assert case_of(report) == public
    (decision,) = second_person.waiting(public)
    assert decision.texts[0] == RUMOUR
    second_person.confirm(decision, by=cast.colleague)
    assert case_of(report) != public


def test_undoing_a_merge_into_a_published_case_takes_two_and_ends_the_first_act(cast: Cast) -> None:
    decision = _proposed(cast)
    second_person.confirm(decision, by=cast.colleague)
    case = Case.objects.get(pk=decision.case.pk)
    assert not second_person.unmerge(case, by=cast.checker)
    second_person.confirm(*second_person.waiting(case), by=cast.colleague)
    assert Case.objects.get(pk=case.pk).merged_into is None
    assert not guarded_acts.confirmed(GuardedKind.MERGE).exists()


def test_plain_sql_merges_nothing_into_a_published_case(cast: Cast) -> None:
    decision = _proposed(cast)
    sql = "UPDATE factcheck_case SET status = 'merged', merged_from = 'new', merged_into_id = %s"
    values = [decision.other.pk, decision.case.pk]
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"{sql} WHERE id = %s", values)


def test_a_stranger_to_both_cases_confirms_nothing(cast: Cast) -> None:
    decision = _proposed(cast)
    with pytest.raises(NotAllowed):
        second_person.confirm(decision, by=make_user())
    assert second_person.get(decision.act.pk) == decision
    assert second_person.get(0) is None
