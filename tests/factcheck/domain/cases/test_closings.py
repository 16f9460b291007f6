"""A unit closes nothing about itself alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.exceptions import DomainError
from accounts.models import GuardedAct
from factcheck.domain import closing_acts, notifications
from factcheck.domain.cases import closings
from factcheck.enums import CaseStatus, Outcome
from factcheck.exceptions import WrongState
from factcheck.models import Case
from tests.factories import Cast, case_of, submit_report

ABOUT_US = "Trường mình thu 500.000 đồng tiền quạt của mỗi em"


def _proposed(cast: Cast) -> tuple[GuardedAct, Case]:
    case = case_of(submit_report(ABOUT_US, cast.school))
    assert not closings.close(case, Outcome.OPINION, by=cast.checker)
    return closings.waiting()[0]


def test_a_school_cannot_close_a_report_about_itself_alone(cast: Cast) -> None:
    act, case = _proposed(cast)
    assert Case.objects.get(pk=case.pk).status == CaseStatus.NEW
    with pytest.raises(WrongState):
        closings.close(case, Outcome.OPINION, by=cast.colleague)
    for person in (cast.checker, cast.colleague, cast.own_reviewer, cast.outsider):
        assert closings.waiting_for(person) == []
        with pytest.raises(DomainError):
            closings.confirm([act.pk], by=person)
    report = case.matches.get().report
    assert report.purge_after is None


def test_somebody_outside_confirms_a_group_and_the_sender_reads_which_unit_closed_it(
    cast: Cast,
) -> None:
    act, case = _proposed(cast)
    assert closings.waiting_for(cast.pooled) == [(act, case)]
    assert closings.confirm([act.pk], by=cast.pooled) == 1
    case.refresh_from_db()
    assert case.status == CaseStatus.CLOSED
    notifications.notify_reporters(case)
    reply = case.matches.get().report.replies.get(stage="answered")
    assert str(cast.school) in reply.body
    assert closing_acts.unconfirmed_count() == 0


def test_a_declined_closing_leaves_the_case_open(cast: Cast) -> None:
    act, case = _proposed(cast)
    assert closings.decline([act.pk], by=cast.pooled) == 1
    assert closings.waiting() == []
    assert Case.objects.get(pk=case.pk).status == CaseStatus.NEW


def test_after_seven_days_without_anybody_it_closes_and_is_counted(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    _act, case = _proposed(cast)
    assert closings.sweep() == 0
    later = timezone.now() + timedelta(days=8)
    monkeypatch.setattr("factcheck.domain.cases.closings.timezone.now", lambda: later)
    assert closings.sweep() == 1
    assert Case.objects.get(pk=case.pk).status == CaseStatus.CLOSED
    assert closing_acts.unconfirmed_count() == 1


def test_what_is_about_nobody_is_closed_by_one_person(cast: Cast) -> None:
    case = case_of(submit_report("Uống lá này khỏi sốt xuất huyết", cast.school))
    assert closings.close(case, Outcome.OPINION, by=cast.checker)
