import pytest
from django.utils import timezone

from accounts.exceptions import NotAllowed
from factcheck.domain.cases import lifecycle, urgency
from factcheck.domain.duplicates import merging
from factcheck.enums import CaseStatus, Outcome, Urgency, VerdictState
from factcheck.exceptions import StaleCase, ValidationError, WrongState
from factcheck.models import Topic
from intake.domain import replies
from intake.enums import Stage
from tests.factories import (
    RUMOUR,
    Cast,
    case_at,
    case_of,
    draft_for,
    published,
    submit_report,
)


def test_take_of_a_taken_case_is_refused_with_a_sentence(cast: Cast) -> None:
    case = case_at(CaseStatus.NEW, cast)
    stale = type(case).objects.get(pk=case.pk)
    lifecycle.take(case, by=cast.checker)
    assert case.assignee == cast.checker
    with pytest.raises(WrongState) as refused:
        lifecycle.take(stale, by=cast.colleague)
    assert str(refused.value)
    assert stale.assignee == cast.checker  # the page can show who


def test_assign_needs_a_checker_of_the_unit(cast: Cast) -> None:
    case = case_at(CaseStatus.NEW, cast)
    with pytest.raises(ValidationError):
        lifecycle.assign(case, cast.outsider, by=cast.checker)
    lifecycle.assign(case, cast.colleague, by=cast.reviewer)
    assert (case.status, case.assignee) == (CaseStatus.CHECKING, cast.colleague)
    lifecycle.release(case, by=cast.checker)
    assert (case.status, case.assignee) == (CaseStatus.NEW, None)


def test_triage_changes_only_the_fields_it_is_given(cast: Cast) -> None:
    case = case_at(CaseStatus.NEW, cast)
    topic = Topic.objects.create(slug="thu", name_vi="Thử", name_en="Test")
    lifecycle.triage(
        case, topic=topic, urgency=Urgency.URGENT, concerns=[cast.school], by=cast.checker
    )
    assert (case.topic, case.urgency, case.urgency_reason) == (topic, Urgency.URGENT, "person")
    assert abs(case.due_at - urgency.due_at(Urgency.URGENT, timezone.now())).seconds < 60
    lifecycle.triage(case, by=cast.checker)
    case.refresh_from_db()
    assert (case.topic, case.urgency) == (topic, Urgency.URGENT)
    assert case.concerned == [cast.school]
    with pytest.raises(NotAllowed):
        lifecycle.triage(case, by=cast.outsider)


def test_wait_names_an_office_and_resume_clears_it(cast: Cast) -> None:
    case = case_at(CaseStatus.CHECKING, cast)
    with pytest.raises(ValidationError):
        lifecycle.wait(case, "  ", by=cast.checker)
    lifecycle.wait(case, " Sở  GD&ĐT ", by=cast.checker)
    assert (case.status, case.waiting_for) == (CaseStatus.WAITING, "Sở GD&ĐT")
    lifecycle.resume(case, by=cast.colleague)
    assert (case.status, case.waiting_for, case.assignee) == (
        CaseStatus.CHECKING,
        "",
        cast.checker,
    )


def test_set_claim_refuses_to_overwrite_a_change(cast: Cast) -> None:
    case = case_at(CaseStatus.CHECKING, cast)
    seen = case.version
    lifecycle.set_claim(case, "Học sinh nghỉ  sáu ngày", version=seen, by=cast.checker)
    assert (case.claim, case.claim_written) == ("Học sinh nghỉ sáu ngày", True)
    with pytest.raises(StaleCase):
        lifecycle.set_claim(case, "Học sinh nghỉ bảy ngày", version=seen, by=cast.colleague)
    case.refresh_from_db()
    assert case.claim == "Học sinh nghỉ sáu ngày"
    for wrong in ("", "a" * 501):
        with pytest.raises(ValidationError):
            lifecycle.set_claim(case, wrong, version=case.version, by=cast.checker)


@pytest.mark.parametrize(
    "outcome", [Outcome.OPINION, Outcome.PERSONAL, Outcome.SPAM, Outcome.EMERGENCY]
)
def test_close_notifies_reporters_of_the_reason(cast: Cast, outcome: Outcome) -> None:
    from factcheck.domain import notifications

    report = submit_report(RUMOUR, cast.school)
    case = lifecycle.close(case_of(report), outcome, by=cast.checker)
    assert (case.status, case.outcome, case.closed_by) == (
        CaseStatus.CLOSED,
        outcome,
        cast.checker,
    )
    assert notifications.notify_reporters(case) == 1
    answer = replies.timeline(report).answer
    assert answer is not None
    assert answer.title
    assert answer.body
    assert answer.advice
    assert answer.verdict == ""
    if outcome == Outcome.EMERGENCY:
        assert all(number in answer.advice for number in ("113", "115", "111", "156"))


def test_close_refuses_an_outcome_that_follows_from_a_verdict(cast: Cast) -> None:
    case = case_at(CaseStatus.NEW, cast)
    for outcome in (Outcome.ANSWERED, "gone", ""):
        with pytest.raises(ValidationError):
            lifecycle.close(case, outcome, by=cast.checker)


def test_close_withdraws_a_draft_and_reopen_starts_without_one(cast: Cast) -> None:
    case = case_at(CaseStatus.CHECKING, cast)
    verdict = draft_for(case, cast.checker)
    lifecycle.close(case, Outcome.SPAM, by=cast.checker)
    verdict.refresh_from_db()
    assert verdict.state == VerdictState.WITHDRAWN
    lifecycle.reopen(case, by=cast.checker)
    assert (case.status, case.outcome, case.closed_at) == (CaseStatus.NEW, "", None)


def test_close_and_merge_refuse_a_case_with_a_public_notice(cast: Cast) -> None:
    from factcheck.domain.editorial import notices

    case = published(cast).notice.case
    other = case_of(submit_report("Tin khác về xe buýt của trường", cast.school))
    notices.revise(case, "correction", by=cast.checker)
    with pytest.raises(WrongState):
        lifecycle.close(case, Outcome.SPAM, by=cast.checker)
    with pytest.raises(WrongState):
        merging.merge(case, other, by=cast.checker)


def test_take_notifies_reporters_that_it_is_being_checked(cast: Cast) -> None:
    from factcheck.domain import notifications

    report = submit_report(RUMOUR, cast.school)
    case = lifecycle.take(case_of(report), by=cast.checker)
    assert notifications.notify_reporters(case) == 1
    assert replies.timeline(report).stage == Stage.CHECKING
    assert notifications.notify_reporters(case) == 0
