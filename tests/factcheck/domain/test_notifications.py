import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factcheck.domain import cases, notices, tellings
from factcheck.enums import CaseStatus, Outcome
from factcheck.models import Case
from intake.models import Reply
from tests.factories import RUMOUR, Cast, case_at, case_of, draft_for, submit_report, verdict_at


@pytest.mark.parametrize(
    ("status", "outcome", "tells"),
    [
        (CaseStatus.NEW, None, False),
        (CaseStatus.CHECKING, None, True),
        (CaseStatus.WAITING, None, True),
        (CaseStatus.IN_REVIEW, None, True),
        (CaseStatus.APPROVED, None, True),
        (CaseStatus.PUBLISHED, None, True),
        (CaseStatus.CLOSED, Outcome.OPINION, True),
        (CaseStatus.CLOSED, Outcome.ANSWERED, True),
    ],
)
def test_sweep_finds_exactly_who_has_not_been_told(
    cast: Cast, status: CaseStatus, outcome: Outcome | None, tells: bool
) -> None:
    """The key in SQL and the key in words are the same at every stage."""
    case = case_at(status, cast, **({"outcome": outcome} if outcome else {}))
    assert tellings.cases_with_untold(10) == ([case.pk] if tells else [])
    assert tellings.tell_about_id(case.pk) == int(tells)
    assert tellings.cases_with_untold(10) == []
    assert tellings.tell_about_id(case.pk) == 0
    submit_report(RUMOUR, cast.school)  # linked, and told in the same breath
    assert tellings.cases_with_untold(10) == []


def test_sweep_follows_merges(cast: Cast) -> None:
    into = case_at(CaseStatus.CHECKING, cast, text="Tin về thực đơn bán trú của trường")
    tellings.tell_about(into)
    case = case_of(submit_report(RUMOUR, cast.school))
    cases.merge(case, into, by=cast.checker)
    assert tellings.cases_with_untold(10) == [into.pk]
    assert tellings.tell_about(case) == 1


def test_sweep_remembers_who_was_moved_after_reading(cast: Cast) -> None:
    report = submit_report(RUMOUR, cast.school)
    version = verdict_at(CaseStatus.PUBLISHED, cast).published
    notices.tell_reporters(version)
    case = version.notice.case
    new = cases.split(report, by=cast.checker)
    assert tellings.cases_with_untold(10) == []
    notices.revise(case, "correction", reason="Sửa", by=cast.checker)
    draft_for(case, cast.checker, change_reason="Sửa")
    second = verdict_at(CaseStatus.PUBLISHED, cast, case=case, change_reason="Sửa").published
    assert tellings.cases_with_untold(10) == [case.pk]
    assert notices.tell_reporters(second) == 2
    assert report.replies.filter(key=f"notice:{version.notice_id}:v2").exists()
    assert tellings.cases_with_untold(10) == []
    assert tellings.tell_about(new) == 0


def test_sweep_is_one_query(cast: Cast) -> None:
    case_at(CaseStatus.CHECKING, cast)
    with CaptureQueriesContext(connection) as queries:
        tellings.cases_with_untold(10)
    assert len(queries) == 1


def test_reply_of_a_case_that_goes_on_is_not_repeated(cast: Cast) -> None:
    case = case_at(CaseStatus.CHECKING, cast)
    tellings.tell_about(case)
    cases.release(case, by=cast.checker)
    cases.take(case, by=cast.colleague)
    assert tellings.tell_about(case) == 0
    assert Reply.objects.count() == 1


def test_tell_about_id_of_a_case_that_is_gone_tells_nobody(db: None) -> None:
    assert tellings.tell_about_id(4321) == 0
    assert not Case.objects.exists()
