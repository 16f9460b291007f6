"""People of a unit try to close what is about it without anybody outside."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.domain import memberships
from accounts.enums import Role
from accounts.exceptions import DomainError
from factcheck.domain import closing_acts, notifications
from factcheck.domain.cases import closings, handovers, lifecycle
from factcheck.enums import CaseStatus, Outcome
from factcheck.models import Case
from tests.factories import Cast, case_of, submit_report

ABOUT_SCHOOL = "Trường Tiểu học Nắng Mai thu mỗi em 2 triệu tiền quỹ lớp không có hóa đơn"


def in_days(days: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=True)


def _proposed(cast: Cast) -> Case:
    case = case_of(submit_report(ABOUT_SCHOOL, cast.school))
    assert not closings.close(case, Outcome.OPINION, by=cast.checker)
    return case


def _state(case: Case) -> tuple[str, str]:
    case.refresh_from_db()
    return case.status, case.outcome


def test_second_role_elsewhere_closes_nothing_about_the_own_school(cast: Cast) -> None:
    memberships.grant(cast.checker, cast.xa, Role.CHECKER, by=None)
    case = case_of(submit_report(ABOUT_SCHOOL, cast.xa))
    assert not closings.close(case, Outcome.OPINION, by=cast.checker)
    ((act, _case),) = closings.waiting()
    memberships.grant(cast.colleague, cast.xa, Role.REVIEWER, by=None)
    with pytest.raises(DomainError):
        closings.confirm([act.pk], by=cast.colleague)
    assert closings.confirm([act.pk], by=cast.reviewer) == 1  # the way out
    assert _state(case) == (CaseStatus.CLOSED, Outcome.OPINION)


def test_closing_proposal_ends_when_somebody_else_takes_the_case(cast: Cast) -> None:
    case = _proposed(cast)
    lifecycle.take(case, by=cast.overseer)
    assert closings.waiting() == []
    with in_days(8):
        assert closings.sweep() == 0
    assert _state(case)[0] == CaseStatus.CHECKING


def test_closing_proposal_ends_when_the_case_is_assigned(cast: Cast) -> None:
    case = _proposed(cast)
    lifecycle.assign(case, cast.overseer, by=cast.overseer)
    assert closings.waiting() == []


def test_reopened_case_is_not_closed_again_by_the_former_proposal(cast: Cast) -> None:
    case = _proposed(cast)
    with in_days(8):
        assert closings.sweep() == 1
        assert closing_acts.unconfirmed_count() == 1
        notifications.notify_reporters(_fresh(case))
        assert str(cast.school) in case.matches.get().report.replies.get(stage="answered").body
        case = lifecycle.reopen(_fresh(case), by=cast.overseer)
        assert closing_acts.unconfirmed_count() == 0
        assert closings.sweep() == 0
        assert closings.close(case, Outcome.OPINION, by=cast.overseer)
        assert closing_acts.unconfirmed_count() == 0  # somebody outside closed it
        assert closing_acts.closing_act(case) is None


def test_confirmed_closing_ends_with_the_reopening(cast: Cast) -> None:
    case = _proposed(cast)
    ((act, _case),) = closings.waiting()
    closings.confirm([act.pk], by=cast.pooled)
    case = lifecycle.reopen(_fresh(case), by=cast.checker)
    assert not closings.close(case, Outcome.OPINION, by=cast.checker)  # proposed anew
    assert closing_acts.closing_act(case) is None


def test_proposer_who_takes_the_case_does_not_keep_it_open(cast: Cast) -> None:
    case = lifecycle.take(_proposed(cast), by=cast.checker)
    with in_days(8):
        assert closings.sweep() == 1
    assert _state(case)[0] == CaseStatus.CLOSED


def test_case_handed_over_to_somebody_outside_is_not_closed_by_the_sweep(cast: Cast) -> None:
    case = _proposed(cast)
    memberships.grant(cast.checker, cast.xa, Role.CHECKER, by=None)
    with in_days(3):
        assert handovers.hand_over(_fresh(case), cast.xa)
    with in_days(8):
        assert closings.sweep() == 0
    assert _state(case)[0] == CaseStatus.NEW


def _fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)
