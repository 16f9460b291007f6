"""Rumours that resurface, by a report that is linked and by a match that a person confirms."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.exceptions import NotAllowed
from audit.domain import log
from audit.enums import AuditEvent
from factcheck.domain import notifications
from factcheck.domain.cases import lifecycle, resurfacing
from factcheck.domain.duplicates import matches, second_person, suggested_pairs
from factcheck.domain.editorial import notices
from factcheck.enums import CaseStatus, Outcome, Reach
from factcheck.exceptions import WrongState
from factcheck.models import Case
from intake.domain import replies
from intake.enums import Stage
from tests.factories import (
    RUMOUR,
    Cast,
    case_at,
    case_of,
    merge_by_two,
    published,
    submit_report,
    verdict_at,
)

OTHER_DATES = RUMOUR.replace("28/11/2031", "30/11/2031")


# A claim about an event answers only for the event's own days.
UNDATED = "Học sinh vùng lũ được nghỉ học không cần xin phép."


def in_days(days: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=True)


@pytest.mark.parametrize(("days", "back"), [(10, False), (59.9, False), (60.1, True)])
def test_old_rumour_goes_back_to_the_queue_and_is_answered_at_once(
    cast: Cast, days: float, back: bool
) -> None:
    version = published(cast, claim=UNDATED)
    with in_days(days):
        report = submit_report(RUMOUR, cast.sibling)
        case = Case.objects.get(pk=version.notice.case_id)
        assert (case.resurfaced_at is not None) is back
        assert case.status == (CaseStatus.NEW if back else CaseStatus.PUBLISHED)
        assert (case.due_at > timezone.now()) is back
        assert notifications.current_version(case) == version  # public all the while
        told = replies.timeline(report)
        assert (told.stage, told.answer.title) == (Stage.ANSWERED, version.headline)
        later = submit_report(RUMOUR, cast.school)  # answered too, while somebody looks
        assert replies.timeline(later).answer.title == version.headline
        assert log.history(case).with_event(AuditEvent.CASE_REQUEUED).count() == back


def test_notice_whose_review_day_has_passed_resurfaces(cast: Cast) -> None:
    version = published(cast, review_by=timezone.localdate() + timedelta(days=1))
    with in_days(2):
        submit_report(RUMOUR, cast.school)
    assert Case.objects.get(pk=version.notice.case_id).resurfaced_at is not None


def test_reaffirmed_notice_is_not_stale_again_for_a_while(cast: Cast) -> None:
    version = published(cast, review_by=timezone.localdate() + timedelta(days=30))
    case = version.notice.case
    with in_days(61):
        submit_report(RUMOUR, cast.school)
        notices.abandon_revision(case, by=cast.checker)  # straight from the queue
        case.refresh_from_db()
        assert (case.status, case.resurfaced_at) == (CaseStatus.PUBLISHED, None)
        assert case.reaffirmed_by == cast.checker
        submit_report(RUMOUR, cast.school)
        assert Case.objects.get(pk=case.pk).status == CaseStatus.PUBLISHED
    with in_days(122):
        submit_report(RUMOUR, cast.school)
        assert Case.objects.get(pk=case.pk).status == CaseStatus.NEW


def test_resurfaced_case_can_be_taken_and_corrected(cast: Cast) -> None:
    version = published(cast)
    with in_days(61):
        submit_report(RUMOUR, cast.school)
        case = lifecycle.take(Case.objects.get(pk=version.notice.case_id), by=cast.checker)
        assert case.resurfaced_at is not None
        with pytest.raises(WrongState):
            lifecycle.close(case, Outcome.OPINION, by=cast.checker)
        notices.abandon_revision(case, by=cast.checker)
        assert (case.status, case.resurfaced_at) == (CaseStatus.PUBLISHED, None)


def test_confirmed_match_resurfaces_the_case_too(cast: Cast) -> None:
    version = published(cast)
    with in_days(61):
        newer = case_of(submit_report(OTHER_DATES, cast.school))
        matches.confirm(suggested_pairs.suggestions_for(newer)[0].match, by=cast.checker)
        second_person.confirm(*second_person.waiting(newer), by=cast.colleague)
        case = Case.objects.get(pk=version.notice.case_id)
        assert (case.status, case.resurfaced_at is not None) == (CaseStatus.NEW, True)
        assert notifications.notify_reporters(case) == 2


def test_match_confirmed_long_after_the_report_does_not_resurface(cast: Cast) -> None:
    version = published(cast)
    older = case_of(submit_report(OTHER_DATES, cast.school))
    with in_days(61):
        merge_by_two(older, version.notice.case, cast)
    assert Case.objects.get(pk=version.notice.case_id).status == CaseStatus.PUBLISHED


def test_privately_answered_case_stays_closed_and_is_listed_in_the_queue(cast: Cast) -> None:
    values = {"claim": RUMOUR, "reach": Reach.REPORTERS_ONLY}
    verdict = verdict_at(CaseStatus.APPROVED, cast, **values)
    case = notices.reply_to_reporters(verdict, by=cast.approver)
    with in_days(61):
        report = submit_report(RUMOUR, cast.school)
        assert replies.timeline(report).answer.verdict == "false"
        case.refresh_from_db()
        assert (case.status, case.resurfaced_at is not None) == (CaseStatus.CLOSED, True)
        with pytest.raises(NotAllowed):
            resurfacing.reaffirm(case, by=cast.outsider)
        kept = resurfacing.reaffirm(case, by=cast.checker)
        assert (kept.status, kept.resurfaced_at, kept.reaffirmed_by) == (
            *(CaseStatus.CLOSED, None, cast.checker),
        )
        with pytest.raises(WrongState):
            resurfacing.reaffirm(case, by=cast.checker)


@pytest.mark.parametrize("outcome", [Outcome.OPINION, Outcome.SPAM])
def test_case_with_nothing_to_check_does_not_resurface(cast: Cast, outcome: Outcome) -> None:
    case = case_at(CaseStatus.CLOSED, cast, outcome=outcome)
    with in_days(20):
        assert replies.timeline(submit_report(RUMOUR, cast.school)).stage == Stage.ANSWERED
    case.refresh_from_db()
    assert (case.status, case.resurfaced_at) == (CaseStatus.CLOSED, None)


def test_case_under_revision_does_not_resurface(cast: Cast) -> None:
    version = published(cast, claim=UNDATED)
    notices.revise(version.notice.case, "correction", by=cast.checker)
    with in_days(61):
        report = submit_report(RUMOUR, cast.school)
        assert replies.timeline(report).answer.title == version.headline
    assert Case.objects.get(pk=version.notice.case_id).status == CaseStatus.CHECKING
