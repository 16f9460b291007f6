"""One person, or the unit a claim is about, tries to decide what askers are told."""

import pytest
from django.utils import timezone

from accounts.domain import memberships
from accounts.enums import Role
from factcheck.domain.cases import lifecycle
from factcheck.domain.editorial import notices, reviews, still_right, verdicts
from factcheck.enums import CaseStatus, Outcome, Reach
from factcheck.exceptions import EvidenceMissing, SecondUnitRequired
from factcheck.models import Match, Verdict
from tests.factories import (
    RUMOUR,
    Cast,
    case_of,
    draft_for,
    make_user,
    published,
    statements_for,
    submit_report,
    verdict_at,
)

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
