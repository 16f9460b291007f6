from datetime import timedelta

import pytest
from django.utils import timezone

from factcheck.domain.cases import lifecycle
from factcheck.domain.editorial import reviews, verdicts
from factcheck.enums import CaseStatus, Reach, VerdictState
from factcheck.exceptions import (
    EvidenceMissing,
    SecondPersonRequired,
    SecondUnitRequired,
    ValidationError,
    WrongState,
)
from tests.factories import Cast, case_at, verdict_at


def test_approval_names_both_people_and_units(cast: Cast) -> None:
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast)
    with pytest.raises(SecondPersonRequired):
        reviews.approve(verdict, by=cast.checker)
    reviews.approve(verdict, note="Đã đọc bản lưu", by=cast.reviewer)
    verdict.refresh_from_db()
    assert (verdict.written_by, verdict.author_unit) == (cast.checker, cast.school)
    assert (verdict.reviewed_by, verdict.reviewer_unit) == (cast.reviewer, cast.xa)
    assert verdict.review_note == "Đã đọc bản lưu"
    with pytest.raises(WrongState):
        reviews.approve(verdict, by=cast.pooled)
    with pytest.raises(WrongState):
        reviews.send_back(verdict, reason="Muộn rồi", by=cast.pooled)


def test_approval_about_ones_own_unit_needs_another_unit(cast: Cast) -> None:
    case = case_at(CaseStatus.CHECKING, cast)
    lifecycle.triage(case, concerns=[cast.school], by=cast.checker)
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast, case=case)
    with pytest.raises(SecondUnitRequired):
        reviews.approve(verdict, by=cast.own_reviewer)
    assert reviews.approve(verdict, by=cast.pooled).reviewer_unit == cast.far


def test_send_back_needs_a_reason_and_keeps_the_row(cast: Cast) -> None:
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast)
    with pytest.raises(ValidationError):
        reviews.send_back(verdict, reason=" ", by=cast.reviewer)
    reviews.send_back(verdict, reason="Thiếu ngày ban hành", by=cast.reviewer)
    assert (verdict.state, verdict.case.status) == (VerdictState.RETURNED, CaseStatus.CHECKING)
    new = verdicts.draft(verdict.case, by=cast.checker, reach=Reach.REPORTERS_ONLY)
    assert (new.pk != verdict.pk, new.headline) == (True, verdict.headline)


def test_review_day_may_pass_while_a_verdict_waits(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    verdict = verdict_at(CaseStatus.IN_REVIEW, cast)
    later = timezone.localdate() + timedelta(days=100)
    monkeypatch.setattr("factcheck.domain.editorial.verdicts.timezone.localdate", lambda: later)
    with pytest.raises(EvidenceMissing):
        reviews.approve(verdict, by=cast.reviewer)
