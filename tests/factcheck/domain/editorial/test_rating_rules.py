from typing import Any

import pytest

from factcheck.checklist import CHECKLIST
from factcheck.domain.cases import lifecycle
from factcheck.domain.editorial import verdicts
from factcheck.enums import CaseStatus, Rating, Urgency
from tests.factories import Cast, case_at, verdict_at


@pytest.mark.parametrize(
    ("changed", "refusals"),
    [
        ({"headline": "Có kẻ giả làm giáo viên"}, 1),
        ({"headline": "Không có học sinh nào bị sao"}, 1),
        ({"headline": "Gọi cô giáo bằng số đã lưu"}, 0),
        ({"headline": "Do not send money: this is a scam"}, 0),
        ({"what_is_true": "Đúng là có cuộc gọi như vậy."}, 1),
        ({"explanation": "The warning of the police is true."}, 1),
        ({"checklist": list(CHECKLIST)}, 1),
    ],
)
def test_words_of_a_warning_begin_with_the_act(
    cast: Cast, changed: dict[str, Any], refusals: int
) -> None:
    draft = verdict_at(CaseStatus.CHECKING, cast, rating=Rating.SCAM, **changed)
    assert len(verdicts.missing(draft)) == refusals


def test_urgency_that_a_person_set_stays(cast: Cast) -> None:
    case = case_at(CaseStatus.CHECKING, cast)
    lifecycle.triage(case, urgency=Urgency.URGENT, topic=None, concerns=[], by=cast.checker)
    verdict = verdicts.draft(case, by=cast.checker, rating=Rating.FALSE, tags=["scam"])
    assert verdict.case.urgency == Urgency.URGENT


SCAM_TEXT = "Con chị đang cấp cứu, chuyển khoản gấp 50 triệu"


@pytest.mark.parametrize(
    ("text", "rating", "is_refused"),
    [
        (SCAM_TEXT, Rating.TRUE, True),
        (SCAM_TEXT, Rating.SCAM, False),
        ("Mai trường có nghỉ học vì mất điện không?", Rating.TRUE, False),
    ],
)
def test_no_reassuring_rating_for_what_was_answered_as_a_scam(
    cast: Cast, text: str, rating: Rating, *, is_refused: bool
) -> None:
    draft = verdict_at(CaseStatus.CHECKING, cast, text=text, rating=rating)
    assert bool(verdicts.missing(draft)) is is_refused
    # The reply that its sender read counts, whatever urgency a person sets afterwards.
    lifecycle.triage(draft.case, urgency=Urgency.NORMAL, topic=None, concerns=[], by=cast.checker)
    draft.case.refresh_from_db()
    assert bool(verdicts.missing(draft)) is is_refused
