from datetime import timedelta

import pytest
from django.utils import timezone, translation

from factcheck.domain.editorial import notices
from factcheck.enums import CaseStatus
from intake.domain.notice_suggestions import PublicAnswer
from publishing.domain.answer import CheckedClaim, answer
from tests.factories import RUMOUR, Cast, published, verdict_at

SCHOOL_CLAIM = "Trường THPT Bến Trăng bỏ bài kiểm tra cuối kỳ môn Lịch sử"
GRAVE_CLAIM = "Trường Mầm non Hoa Gạo có 12 trẻ mắc tay chân miệng và giấu phụ huynh"


@pytest.fixture(autouse=True)
def _vietnamese() -> None:
    translation.activate("vi")


def _only(text: str) -> CheckedClaim:
    result: PublicAnswer = answer(text)
    (checked,) = result.claims
    assert isinstance(checked, CheckedClaim)
    return checked


def test_same_claim_is_answered_with_its_verdict(cast: Cast) -> None:
    version = published(cast, text=SCHOOL_CLAIM, claim=SCHOOL_CLAIM)
    checked = _only(SCHOOL_CLAIM)
    assert checked.answers
    assert (checked.verdict, checked.headline) == ("false", version.headline)
    assert (checked.conflicts, checked.status) == ((), "")


def test_near_claim_is_never_the_askers_message(cast: Cast) -> None:
    published(cast, text=SCHOOL_CLAIM, claim=SCHOOL_CLAIM)
    checked = _only("thpt bến trăng bỏ kiểm tra cuối kì môn sử à")
    assert not checked.is_same
    assert not checked.answers
    assert checked.claim == SCHOOL_CLAIM
    assert checked.status.startswith("Kiểm ngày")


def test_conflict_is_said_with_both_values(cast: Cast) -> None:
    published(cast, claim=RUMOUR)
    checked = _only(RUMOUR.replace("23/11/2031", "05/12/2031").replace("28/11/2031", "10/12/2031"))
    assert checked.conflicts == (
        "Bản của anh/chị ghi 05/12/2031–10/12/2031; bản đã kiểm là 23/11/2031–28/11/2031.",
    )


def test_near_claim_of_illness_at_a_school_gives_no_all_clear(cast: Cast) -> None:
    published(cast, text=GRAVE_CLAIM, claim=GRAVE_CLAIM)
    near = _only("hoa gạo có 12 bé tay chân miệng mà giấu cha mẹ hả")
    assert (near.is_same, near.verdict, near.headline) == (False, "", "")
    assert _only(GRAVE_CLAIM).verdict == "false"  # the same claim is answered


def test_notice_past_its_date_says_that_nobody_has_checked_this_time(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(
        cast, claim=SCHOOL_CLAIM, text=SCHOOL_CLAIM, review_by=timezone.localdate() + timedelta(1)
    )
    late, day_of = timezone.localdate() + timedelta(days=3), timezone.localdate
    monkeypatch.setattr(timezone, "localdate", lambda *moment: day_of(*moment) if moment else late)
    checked = _only(SCHOOL_CLAIM)
    assert not checked.answers
    assert checked.verdict == ""
    assert "lần này chưa ai kiểm" in checked.status


def test_retracted_notice_is_said(cast: Cast) -> None:
    case = published(cast, claim=SCHOOL_CLAIM, text=SCHOOL_CLAIM).notice.case
    notices.revise(case, "retraction", reason="Sai", by=cast.checker)
    verdict_at(CaseStatus.PUBLISHED, cast, case=case, change_reason="Sai")
    checked = _only(SCHOOL_CLAIM)
    assert "thu hồi" in checked.status
    assert (checked.verdict, checked.headline) == ("", "")


def test_new_rumour_about_the_same_school_is_not_answered(cast: Cast) -> None:
    published(cast, text=SCHOOL_CLAIM, claim=SCHOOL_CLAIM)
    assert answer("Trường THPT Bến Trăng bỏ đồng phục thứ Hai").claims == ()
