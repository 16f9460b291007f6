from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.domain import memberships
from accounts.enums import Role
from accounts.models import ReviewerPool
from factcheck.domain import notifications, pending_notifications
from factcheck.domain.cases import lifecycle, undecidable
from factcheck.enums import CaseStatus, Outcome, VerdictState
from factcheck.exceptions import ValidationError
from factcheck.models import Case
from intake.domain import replies
from intake.models import Report
from tests.factories import Cast, case_at, make_unit, make_user, verdict_at


def later(days: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=True)


@pytest.fixture
def nobody(cast: Cast) -> Case:
    """A case about the department that only its own people and those below it could decide."""
    case = case_at(CaseStatus.CHECKING, cast)
    return lifecycle.triage(case, concerns=[cast.so], by=cast.checker)


def test_a_case_nobody_can_decide_is_marked_and_closed_after_a_week(nobody: Case) -> None:
    assert undecidable.sweep() == 1
    nobody.refresh_from_db()
    assert nobody.undecidable_since is not None
    assert undecidable.sweep() == 0
    with later(7.1):
        assert undecidable.sweep() == 1
    nobody.refresh_from_db()
    assert (nobody.status, nobody.outcome) == (CaseStatus.CLOSED, Outcome.UNDECIDABLE)
    assert nobody.closed_by is None
    assert nobody.claim


def test_a_case_that_finds_somebody_goes_on(nobody: Case, cast: Cast) -> None:
    undecidable.sweep()
    other = make_unit("province_department")
    make_user(Role.REVIEWER, other)
    ReviewerPool.objects.create(name="Hai Sở").units.set([cast.so, other])
    assert undecidable.sweep() == 1
    with later(8):
        assert undecidable.sweep() == 0
    nobody.refresh_from_db()
    assert (nobody.status, nobody.undecidable_since) == (CaseStatus.CHECKING, None)


def test_a_decidable_case_is_never_touched(cast: Cast) -> None:
    case = case_at(CaseStatus.CHECKING, cast)
    version = case.version
    with later(30):
        assert undecidable.sweep() == 0
    case.refresh_from_db()
    assert case.version == version


def test_a_verdict_whose_reviewers_left_does_not_wait_for_ever(cast: Cast) -> None:
    case = case_at(CaseStatus.CHECKING, cast)
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast, case=case)
    for user in (cast.own_reviewer, cast.reviewer, cast.pooled):
        for membership in user.memberships.filter(role=Role.REVIEWER):
            memberships.revoke(membership, by=None)
    undecidable.sweep()
    with later(7.1):
        undecidable.sweep()
    verdict.refresh_from_db()
    assert verdict.state == VerdictState.WITHDRAWN
    assert verdict.case.outcome == Outcome.UNDECIDABLE


def test_the_asker_reads_that_nobody_is_there_and_then_whom_to_ask(cast: Cast) -> None:
    nobody = case_at(CaseStatus.CHECKING, cast)
    lifecycle.triage(nobody, concerns=[cast.xa, cast.far], by=cast.checker)
    report = Report.objects.get(matches__case=nobody)
    undecidable.sweep()
    nobody.refresh_from_db()
    notifications.notify_reporters(nobody)
    assert cast.xa.name in replies.timeline(report).steps[1].note
    with later(7.1):
        undecidable.sweep()
    nobody.refresh_from_db()
    notifications.notify_reporters(nobody)
    answer = replies.timeline(report).answer
    assert answer is not None
    assert cast.so.name in answer.advice
    assert pending_notifications.case_ids(10) == []


def test_nobody_chooses_the_outcome(nobody: Case, cast: Cast) -> None:
    with pytest.raises(ValidationError):
        lifecycle.close(nobody, Outcome.UNDECIDABLE, by=cast.checker)
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE factcheck_case SET status = 'closed', outcome = 'undecidable', "
            "closed_at = opened_at WHERE id = %s",
            [nobody.pk],
        )


def test_a_closed_case_can_be_reopened_once_somebody_is_there(nobody: Case, cast: Cast) -> None:
    undecidable.sweep()
    with later(7.1):
        undecidable.sweep()
    nobody.refresh_from_db()
    reopened = lifecycle.reopen(nobody, by=cast.checker)
    assert (reopened.status, reopened.undecidable_since) == (CaseStatus.NEW, None)
