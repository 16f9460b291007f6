"""One person, or the unit a claim is about, tries to decide what askers are told."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.domain import memberships
from accounts.enums import Role
from accounts.models import User
from factcheck.domain import held_answers, suspensions
from factcheck.domain.cases import lifecycle, resurfacing
from factcheck.domain.editorial import notices, reconsiderations, reviews, still_right, verdicts
from factcheck.enums import CaseStatus, Outcome, Reach
from factcheck.exceptions import (
    EvidenceMissing,
    SecondPersonRequired,
    SecondUnitRequired,
    WrongState,
)
from factcheck.models import Case, Match, Verdict
from intake.domain import replies
from tests.factories import (
    RUMOUR,
    Cast,
    case_at,
    case_of,
    draft_for,
    make_user,
    published,
    statements_for,
    submit_report,
    verdict_at,
)
from tests.intake import sample_images

ABOUT_UNIT = "Trường Tiểu học Nắng Mai phát sữa miễn phí cho học sinh vào thứ Sáu hằng tuần"


def test_keeping_the_notice_releases_no_held_answer(cast: Cast) -> None:
    version = published(cast, claim=RUMOUR)
    report = submit_report(RUMOUR, cast.school)
    Match.objects.filter(report=report).update(answer_held_at=timezone.now())
    case = notices.revise(version.notice.case, "correction", by=cast.checker)
    notices.abandon_revision(case, by=cast.checker)
    assert Match.objects.get(report=report).answer_held_at is not None
    still_right.propose(version.notice, "Đã hỏi Sở", by=cast.checker)
    still_right.confirm(version.notice, by=cast.reviewer)  # the way out
    assert Match.objects.get(report=report).answer_held_at is None


def _private_draft_from_outside(cast: Cast) -> Verdict:
    case = lifecycle.take(case_of(submit_report(ABOUT_UNIT, cast.school)), by=cast.overseer)
    return draft_for(case, cast.overseer, claim=ABOUT_UNIT, tags=[], reach=Reach.REPORTERS_ONLY)


def test_unit_it_is_about_chooses_no_private_answer(cast: Cast) -> None:
    case = case_of(submit_report(ABOUT_UNIT, cast.school))
    values = {"case": case, "claim": ABOUT_UNIT, "tags": []}
    with pytest.raises(EvidenceMissing):
        verdict_at(CaseStatus.IN_REVIEW, cast, reach=Reach.REPORTERS_ONLY, **values)


def test_author_with_another_role_at_the_unit_chooses_no_private_answer(cast: Cast) -> None:
    memberships.grant(cast.overseer, cast.school, Role.REPORTER, by=None)
    assert verdicts.unfit_reach(_private_draft_from_outside(cast))


def test_private_answer_is_chosen_and_sent_by_people_outside(cast: Cast) -> None:
    verdict = _private_draft_from_outside(cast)
    verdict = verdicts.submit_for_review(verdict, by=cast.overseer)
    verdict = reviews.approve(verdict, statements=statements_for(verdict), by=cast.reviewer)
    with pytest.raises(SecondUnitRequired):
        notices.reply_to_reporters(verdict, by=cast.approver)
    case = notices.reply_to_reporters(verdict, by=make_user(Role.APPROVER, cast.so))
    assert case.outcome == Outcome.ANSWERED


def _privately_answered(cast: Cast) -> Case:
    return case_at(CaseStatus.CLOSED, cast, outcome=Outcome.ANSWERED)


def test_private_answer_past_its_review_day_is_held_until_two_people_decide(cast: Cast) -> None:
    case = _privately_answered(cast)
    with time_machine.travel(timezone.now() + timedelta(days=120), tick=True):
        report = submit_report(RUMOUR, cast.sibling)
        assert not replies.answers(report).exists()
        case.refresh_from_db()
        assert case.resurfaced_at is not None  # listed for people
        with pytest.raises(WrongState):
            resurfacing.reaffirm(case, by=cast.checker)
        case = lifecycle.reopen(case, by=cast.checker)
        verdict = verdict_at(CaseStatus.APPROVED, cast, case=case, reach=Reach.REPORTERS_ONLY)
        notices.reply_to_reporters(verdict, by=cast.approver)
        assert Match.objects.get(report=report, state="confirmed").answer_held_at is None


def test_private_answer_about_harm_stops_when_many_ask_anew(cast: Cast) -> None:
    case = _privately_answered(cast)
    assert not suspensions.is_private_answer_asked_anew(case)
    match = Match.objects.filter(case=case).get()
    assert not held_answers.hold_if_lapsed(match, case)
    assert held_answers.hold_if_lapsed(match, case, asked_anew=True)
    later = submit_report(RUMOUR, cast.sibling)
    assert not replies.answers(later).exists()


def test_reconsideration_is_not_decided_from_a_second_mailbox(cast: Cast) -> None:
    version = published(cast)
    request = reconsiderations.ask(version.notice, "Xin xem lại ngày nghỉ.", "k" * 32)
    reviewer = version.verdict.reviewed_by
    tagged = make_user(Role.REVIEWER, cast.far)
    User.objects.filter(pk=tagged.pk).update(email=reviewer.email.replace("@", "+b@"))
    tagged.refresh_from_db()
    with pytest.raises(SecondPersonRequired):
        reconsiderations.decide(request, accept=False, decision="Giữ nguyên.", by=tagged)
    reconsiderations.decide(request, accept=False, decision="Giữ nguyên.", by=cast.pooled)


@pytest.mark.parametrize(
    ("extra", "linked"),
    [
        ({"url": "https://khac.example.com/tin-khac-han"}, False),
        ({"question": "Còn trường con tôi ngày 30/11 có nghỉ không?"}, False),
        ({"question": "Đúng không ạ?"}, True),
    ],
)
def test_report_that_says_more_than_the_published_text_is_only_suggested(
    cast: Cast, extra: dict[str, str], linked: bool
) -> None:
    case = published(cast).notice.case
    report = submit_report(RUMOUR, cast.sibling, **extra)
    assert (case_of(report) == case) is linked
    assert replies.answers(report).exists() is linked
    assert report.matches.filter(case=case, state="suggested").exists() is not linked


def test_published_text_with_a_picture_nobody_has_read_is_only_suggested(cast: Cast) -> None:
    case = published(cast).notice.case
    report = submit_report(RUMOUR, cast.sibling, images=[sample_images.upload()])
    assert case_of(report) != case
    assert not replies.answers(report).exists()
