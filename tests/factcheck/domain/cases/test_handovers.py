"""A case about a unit that rests with that unit's own people moves by itself to one outside."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from accounts.enums import Role
from accounts.models import ReviewerPool, User
from audit.domain import log
from factcheck import permissions
from factcheck.domain import notifications, pending_notifications
from factcheck.domain.cases import handovers, lifecycle
from factcheck.domain.editorial import notices, reviews, verdicts
from factcheck.enums import CaseStatus, VerdictState
from factcheck.models import Case
from factcheck.states import Verb
from intake.domain import replies
from intake.domain.dates import ZONE
from intake.models import Report
from tests.factories import RUMOUR, Cast, case_at, make_unit, make_user, statements_for, verdict_at

MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=ZONE)
TUESDAY_NIGHT = MONDAY + timedelta(days=1, hours=14)
WEDNESDAY = MONDAY + timedelta(days=2, hours=1)
OTHER = "Trường Tiểu học Nắng Mai bán vở in logo cho học sinh lớp một"
OPEN = [
    CaseStatus.NEW,
    CaseStatus.CHECKING,
    CaseStatus.WAITING,
    CaseStatus.IN_REVIEW,
    CaseStatus.APPROVED,
]


def on(moment: datetime) -> time_machine.travel:
    return time_machine.travel(moment, tick=True)


@pytest.fixture
def head(cast: Cast) -> User:
    """The department's spokesperson; the cast's overseer is its checker."""
    return make_user(Role.APPROVER, cast.so)


def resting(
    cast: Cast,
    status: CaseStatus = CaseStatus.CHECKING,
    text: str = RUMOUR,
    since: datetime = MONDAY,
) -> Case:
    """A case of the school about the school."""
    with on(since):
        case = case_at(CaseStatus.CHECKING, cast, text=text)
        lifecycle.triage(case, concerns=[cast.school], by=cast.checker)
        if status == CaseStatus.NEW:
            lifecycle.release(case, by=cast.checker)
        elif status == CaseStatus.WAITING:
            lifecycle.wait(case, "Sở Y tế", by=cast.checker)
        elif status != CaseStatus.CHECKING:
            verdict_at(status, cast, case=case)
    case.refresh_from_db()
    assert case.status == status
    return case


@pytest.mark.parametrize("status", OPEN)
def test_a_case_moves_after_two_working_days_in_every_open_state(
    cast: Cast, head: User, status: CaseStatus
) -> None:
    case = resting(cast, status)
    with on(WEDNESDAY):
        assert handovers.sweep() == 1
        assert handovers.sweep() == 0
    case.refresh_from_db()
    assert (case.unit, case.handed_over_from) == (cast.so, cast.school)
    assert log.history(case).filter(verb="case.handed_over").count() == 1
    in_work = status in (CaseStatus.NEW, CaseStatus.CHECKING, CaseStatus.WAITING)
    assert case.status == (CaseStatus.NEW if in_work else status)
    assert (case.assignee is None) == in_work


def test_a_case_does_not_move_before_or_over_a_weekend(cast: Cast, head: User) -> None:
    resting(cast)
    with on(TUESDAY_NIGHT):
        assert handovers.sweep() == 0
    resting(cast, text=OTHER, since=MONDAY + timedelta(days=4))
    with on(MONDAY + timedelta(days=6)):
        assert [case.claim == OTHER for case in moved_cases()] == [False]
    with on(MONDAY + timedelta(days=8, hours=1)):
        assert len(moved_cases()) == 2


def moved_cases() -> list[Case]:
    handovers.sweep()
    return list(Case.objects.filter(handed_over_from__isnull=False))


def test_an_act_from_outside_starts_the_time_again_and_one_from_inside_does_not(
    cast: Cast, head: User
) -> None:
    touched_outside, touched_inside = resting(cast), resting(cast, text=OTHER)
    with on(WEDNESDAY - timedelta(hours=3)):
        lifecycle.triage(touched_outside, urgency=1, by=cast.overseer)
        lifecycle.triage(touched_inside, urgency=1, by=cast.checker)
    with on(WEDNESDAY):
        assert moved_cases() == [touched_inside]


def test_a_case_stays_with_somebody_outside_who_checks_it(cast: Cast, head: User) -> None:
    case = resting(cast)
    with on(MONDAY):
        lifecycle.assign(case, cast.overseer, by=cast.overseer)
    with on(WEDNESDAY + timedelta(days=20)):
        assert handovers.sweep() == 0


def test_a_case_that_is_not_about_its_unit_stays(cast: Cast, head: User) -> None:
    with on(MONDAY):
        case = case_at(CaseStatus.CHECKING, cast)
        lifecycle.triage(case, concerns=[cast.sibling], by=cast.checker)
    with on(WEDNESDAY + timedelta(days=20)):
        assert handovers.sweep() == 0


def test_it_never_moves_to_a_unit_it_is_about_or_where_nobody_could_publish(cast: Cast) -> None:
    resting(cast)
    with on(WEDNESDAY):
        assert handovers.sweep() == 0  # the department has nobody who publishes
        make_user(Role.APPROVER, cast.so)
        lifecycle.triage(Case.objects.get(), concerns=[cast.so], by=cast.checker)
        assert handovers.sweep() == 0


def test_a_department_whose_own_case_rests_gives_it_to_a_pool_member(cast: Cast) -> None:
    other = make_unit("province_department")
    for role in (Role.CHECKER, Role.REVIEWER, Role.APPROVER):
        make_user(role, other)
    ReviewerPool.objects.create(name="Hai Sở").units.set([cast.so, other])
    with on(MONDAY):
        case = case_at(CaseStatus.NEW, cast, unit=cast.so)
        lifecycle.triage(case, concerns=[cast.so], by=cast.overseer)
    with on(WEDNESDAY):
        assert moved_cases() == [case]
    case.refresh_from_db()
    assert case.unit == other


def test_the_new_unit_takes_the_draft_over_and_the_former_one_may_nothing(
    cast: Cast, head: User
) -> None:
    case = resting(cast)
    with on(MONDAY):
        verdict_at(CaseStatus.CHECKING, cast, case=case)
    with on(WEDNESDAY):
        handovers.sweep()
        case.refresh_from_db()
        assert not any(permissions.abilities(case, cast.checker).values())
        lifecycle.take(case, by=cast.overseer)
        draft = verdicts.draft(case, by=cast.overseer)
        assert draft.explanation
        assert case.verdicts.filter(state=VerdictState.WITHDRAWN).count() == 1
        verdicts.draft(case, checklist=list(case.verdicts.first().checklist), by=cast.overseer)
        sent = verdicts.submit_for_review(draft, by=cast.overseer)
        # Reviewers within reach of the former unit can still be asked.
        assert case in permissions.visible_cases(cast.pooled)
        reviews.approve(sent, statements=statements_for(sent), by=cast.reviewer)
        assert notices.publish(sent, by=head).notice.case == case


@pytest.mark.parametrize("verb", [Verb.SEND_BACK, Verb.REVOKE])
def test_a_verdict_that_comes_back_goes_into_the_queue_of_the_new_unit(
    cast: Cast, head: User, verb: Verb
) -> None:
    status = CaseStatus.IN_REVIEW if verb == Verb.SEND_BACK else CaseStatus.APPROVED
    case = resting(cast, status)
    with on(WEDNESDAY):
        handovers.sweep()
        verdict = case.verdicts.get()
        if verb == Verb.SEND_BACK:
            reviews.send_back(verdict, reason="Thiếu ngày", by=cast.reviewer)
        else:
            verdicts.withdraw(verdict, by=head)
    case.refresh_from_db()
    assert (case.status, case.assignee) == (CaseStatus.NEW, None)


def test_the_asker_reads_who_has_it_at_each_stage(cast: Cast, head: User) -> None:
    case = resting(cast)
    report = Report.objects.get(matches__case=case)
    with on(WEDNESDAY):
        handovers.sweep()
        assert pending_notifications.case_ids(10) == [case.pk]
        case.refresh_from_db()
        notifications.notify_reporters(case)
        assert cast.so.name in replies.timeline(report).steps[0].note
        assert pending_notifications.case_ids(10) == []
        lifecycle.take(case, by=cast.overseer)
        notifications.notify_reporters(case)
        assert cast.so.name in replies.timeline(report).steps[1].note
        assert pending_notifications.case_ids(10) == []


def test_the_spokesperson_is_told_and_nobody_else(cast: Cast, head: User) -> None:
    case = resting(cast)
    with on(WEDNESDAY):
        handovers.sweep()
    assert list(handovers.told(cast.approver)) == [case]
    assert not handovers.told(cast.checker)
    assert not handovers.told(head)


@pytest.mark.parametrize("many", [1, 3])
def test_looking_at_more_cases_asks_no_more_queries(
    cast: Cast, head: User, many: int, django_assert_num_queries: Any
) -> None:
    """Cases that stay: with one person outside each, since Monday."""
    for number in range(many):
        case = resting(cast, text=f"{OTHER}, lần {number}: {'trống ' * number}")
        with on(MONDAY):
            lifecycle.assign(case, cast.overseer, by=cast.overseer)
    with on(WEDNESDAY), django_assert_num_queries(12):
        assert handovers.sweep() == 0
