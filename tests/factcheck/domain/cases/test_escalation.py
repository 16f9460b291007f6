"""Later reports, pictures and joined cases raise the urgency of a case, and never lower it."""

import pytest
from django.utils import timezone

from audit.domain import log
from factcheck.domain.cases import escalation, lifecycle
from factcheck.domain.cases.urgency import UrgencySuggestion, due_at, is_more_urgent
from factcheck.domain.duplicates import merging
from factcheck.enums import Urgency
from factcheck.models import Case
from tests.factories import Cast, case_of, submit_report

CALM = "Trường Tiểu học Nắng Mai đổi suất ăn bán trú từ tháng sau"
DANGER = "Suất ăn bán trú trường Nắng Mai làm hai mươi cháu đau bụng, nôn ói"


@pytest.fixture
def case(cast: Cast) -> Case:
    opened = case_of(submit_report(CALM, cast.school))
    assert opened.urgency == Urgency.NORMAL
    return opened


def suggestion(urgency: Urgency = Urgency.URGENT) -> UrgencySuggestion:
    return UrgencySuggestion(urgency, "safety")


def test_a_later_report_makes_a_case_more_urgent_and_due_sooner(cast: Cast, case: Case) -> None:
    due = case.due_at
    assert escalation.escalate_for(submit_report(DANGER, cast.school, match=False), case)
    case.refresh_from_db()
    assert (case.urgency, case.urgency_reason) == (Urgency.URGENT, "safety")
    assert case.due_at < due
    assert log.history(case).last().verb == "case.urgency_raised"


def test_a_calm_report_lowers_nothing(cast: Cast, case: Case) -> None:
    escalation.escalate(case, suggestion())
    assert not escalation.escalate_for(submit_report(CALM, cast.school, match=False), case)
    assert not escalation.escalate(case, suggestion(Urgency.UNSURE))
    assert case.urgency == Urgency.URGENT


def test_a_case_becomes_due_no_later_when_it_rises(case: Case) -> None:
    soon = timezone.now()
    Case.objects.filter(pk=case.pk).update(due_at=soon)
    escalation.escalate(case, suggestion())
    assert case.due_at == soon


def test_what_a_person_chose_is_kept_and_the_rise_is_shown(cast: Cast, case: Case) -> None:
    lifecycle.triage(case, urgency=Urgency.UNSURE, by=cast.checker)
    assert escalation.escalate(case, suggestion())
    assert (case.urgency, case.urgency_reason) == (Urgency.UNSURE, "person")
    assert (case.risen_urgency, case.risen_reason) == (Urgency.URGENT, "safety")
    assert not escalation.escalate(case, suggestion())  # shown already
    assert escalation.escalate(case, suggestion(Urgency.VERY_URGENT))


def test_a_person_who_decides_again_has_seen_the_rise(cast: Cast, case: Case) -> None:
    lifecycle.triage(case, urgency=Urgency.UNSURE, by=cast.checker)
    escalation.escalate(case, suggestion())
    lifecycle.triage(case, urgency=Urgency.UNSURE, by=cast.checker)
    assert (case.urgency, case.risen_urgency, case.risen_reason) == (Urgency.UNSURE, None, "")


def test_a_joined_case_brings_its_urgency(cast: Cast, case: Case) -> None:
    other = case_of(submit_report(DANGER, cast.school))
    assert other.urgency == Urgency.URGENT
    merging.merge(other, case, by=cast.checker)
    case.refresh_from_db()
    assert (case.urgency, case.urgency_reason) == (Urgency.URGENT, "safety")


def test_a_joined_case_set_by_a_person_gives_another_reason(cast: Cast, case: Case) -> None:
    other = case_of(submit_report("Trường Nắng Mai bán vở in logo", cast.school))
    lifecycle.triage(other, urgency=Urgency.VERY_URGENT, by=cast.checker)
    merging.merge(other, case, by=cast.checker)
    case.refresh_from_db()
    assert (case.urgency, case.urgency_reason) == (Urgency.VERY_URGENT, "joined")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Urgency.UNSURE, Urgency.NORMAL, True),
        (Urgency.URGENT, Urgency.UNSURE, True),
        (Urgency.NORMAL, Urgency.NORMAL, False),
        (Urgency.NORMAL, Urgency.VERY_URGENT, False),
    ],
)
def test_order_of_urgencies(one: Urgency, other: Urgency, expected: bool) -> None:
    assert is_more_urgent(one, other) is expected


@pytest.mark.parametrize("urgency", Urgency)
def test_every_urgency_has_a_due_time(urgency: Urgency) -> None:
    now = timezone.now()
    assert due_at(urgency, now) > now
