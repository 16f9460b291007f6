from datetime import date, timedelta

import pytest

from factcheck.domain.editorial import notices
from factcheck.domain.validity import Validity, checked_on, event_end, validity
from factcheck.enums import CaseStatus
from matching.details.slot_extraction import extract_slots
from tests.factories import Cast, published, verdict_at

CHECKED = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("claim", "end"),
    [
        ("Toàn trường nghỉ học ngày 21/11", date(2026, 11, 21)),
        ("Nghỉ học từ 28/11 đến hết 03/12", date(2026, 12, 3)),
        ("Trường bỏ bài kiểm tra Lịch sử", None),
    ],
)
def test_event_ends_with_the_last_day_it_names(claim: str, end: date | None) -> None:
    assert event_end(claim, CHECKED) == end


def test_undated_event_is_about_the_days_after_its_check() -> None:
    end = event_end("Siêu bão vào bờ trong hai ngày tới", CHECKED)
    assert end is None or end <= CHECKED + timedelta(days=7)


def test_notice_answers_until_the_day_it_is_to_be_reviewed(cast: Cast) -> None:
    version = published(cast, claim="Trường bỏ bài kiểm tra Lịch sử")
    assert validity(version, today=version.review_by) is Validity.CURRENT
    later = version.review_by + timedelta(days=1)
    assert validity(version, today=later) is Validity.LAPSED


def test_event_answers_for_its_own_days_alone(cast: Cast) -> None:
    version = published(cast)
    day = checked_on(version)
    claim = f"Học sinh nghỉ học ngày {day:%d/%m/%Y}"
    version = published(cast, text=claim, claim=claim)
    next_day = day + timedelta(days=1)
    asked = extract_slots(claim, next_day).dates
    assert validity(version, asked, day) is Validity.CURRENT
    assert validity(version, asked, next_day) is Validity.CURRENT  # asked about that very day
    assert validity(version, (), next_day) is Validity.PAST_EVENT


def test_retracted_notice_answers_no_more(cast: Cast) -> None:
    case = published(cast).notice.case
    notices.revise(case, "retraction", reason="Sai", by=cast.checker)
    version = verdict_at(CaseStatus.PUBLISHED, cast, case=case, change_reason="Sai").published
    assert validity(version) is Validity.RETRACTED
