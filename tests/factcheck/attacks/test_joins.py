"""One person tries to get reports answered that nobody else has compared with the answer."""

import pytest

from accounts.domain import guarded_acts
from accounts.enums import GuardedKind
from factcheck import merge_tree
from factcheck.domain import notifications
from factcheck.domain.cases import lifecycle
from factcheck.domain.duplicates import merging, second_person
from factcheck.exceptions import WrongState
from factcheck.models import Case
from intake.models import Reply
from tests.factories import Cast, case_of, published, submit_report

FLOOD = "Học sinh Thanh Giang được nghỉ một tuần tránh lũ cuối tháng 11 này"
MONEY = "Trường thu mỗi em 2 triệu tiền quỹ lớp không hóa đơn"


def test_case_hidden_behind_a_proposed_merge_takes_a_second_person(cast: Cast) -> None:
    public = published(cast).notice.case
    proposed = case_of(submit_report(FLOOD, cast.school))
    report = submit_report(MONEY, cast.school)
    second_person.merge(proposed, public, by=cast.checker)
    assert not second_person.merge(case_of(report), proposed, by=cast.checker)
    second_person.confirm(
        *[row for row in second_person.waiting(proposed) if row.case == proposed],
        by=cast.colleague,
    )
    notifications.notify_reporters(public)
    assert not Reply.objects.filter(report=report, stage="answered").exists()
    (hidden,) = second_person.waiting_for(cast.colleague)
    with pytest.raises(WrongState):  # its target has moved into the answered case
        second_person.confirm(hidden, by=cast.colleague)
    second_person.decline(hidden, by=cast.colleague)  # the way out


def test_texts_that_changed_after_the_proposal_are_not_merged(cast: Cast) -> None:
    public = published(cast).notice.case
    case = case_of(submit_report(FLOOD, cast.school))
    second_person.merge(case, public, by=cast.checker)
    (decision,) = second_person.waiting(case)
    lifecycle.take(case, by=cast.checker)
    lifecycle.set_claim(case, MONEY, version=None, by=cast.checker)
    with pytest.raises(WrongState):
        second_person.confirm(decision, by=cast.colleague)
    second_person.merge(Case.objects.get(pk=case.pk), public, by=cast.checker)
    (anew,) = second_person.waiting(case)
    assert {MONEY, FLOOD} <= set(anew.texts[0].splitlines())
    second_person.confirm(anew, by=cast.colleague)
    assert guarded_acts.confirmed(GuardedKind.MERGE).count() == 1


def test_second_person_reads_every_text_of_the_group(cast: Cast) -> None:
    public = published(cast).notice.case
    case = case_of(submit_report(FLOOD, cast.school))
    merging.merge(case_of(submit_report(MONEY, cast.school)), case, by=cast.checker)
    second_person.merge(case, public, by=cast.checker)
    (decision,) = second_person.waiting(case)
    assert {MONEY, FLOOD} <= set(decision.texts[0].splitlines())
    submit_report(FLOOD, cast.school)  # the same words once more change nothing
    second_person.confirm(decision, by=cast.colleague)
    assert merge_tree.canonical(Case.objects.get(pk=case.pk)) == public
