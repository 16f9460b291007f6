import pytest

from factcheck.domain.cases import claim_release, lifecycle
from factcheck.domain.editorial import notices
from factcheck.enums import CaseStatus, Reach
from factcheck.exceptions import ValidationError
from publishing.domain.answer import answer
from tests.factories import Cast, case_at, published, verdict_at

CLAIM = "Cả khối 9 bỏ bài kiểm tra cuối kỳ môn Lịch sử, chỉ tính điểm giữa kỳ"


def test_claim_is_told_once_a_checker_released_it(cast: Cast) -> None:
    case = case_at(CaseStatus.CHECKING, cast, text=CLAIM)
    with pytest.raises(ValidationError):
        claim_release.release(case, by=cast.checker)  # still the first report's words
    case = lifecycle.set_claim(case, CLAIM, version=None, by=cast.checker)
    assert answer(CLAIM).notes == ()
    claim_release.release(case, by=cast.checker)
    (note,) = answer(CLAIM).notes
    assert CLAIM in note


def test_other_sentence_has_to_be_released_again(cast: Cast) -> None:
    case = lifecycle.set_claim(
        case_at(CaseStatus.CHECKING, cast, text=CLAIM), CLAIM, version=None, by=cast.checker
    )
    claim_release.release(case, by=cast.checker)
    case = lifecycle.set_claim(case, f"{CLAIM} từ tháng sau", version=None, by=cast.checker)
    assert case.claim_released_at is None


def test_private_answer_is_said_without_its_words(cast: Cast) -> None:

    verdict = verdict_at(
        CaseStatus.APPROVED, cast, text=CLAIM, claim=CLAIM, reach=Reach.REPORTERS_ONLY
    )
    notices.reply_to_reporters(verdict, by=cast.approver)
    (note,) = answer(CLAIM).notes
    assert "Lịch sử" not in note
    assert published(cast).notice  # another case is none of it
