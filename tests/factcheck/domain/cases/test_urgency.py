from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from factcheck.domain.cases import urgency
from factcheck.enums import Urgency
from factcheck.labels import URGENCY_REASONS

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
SATURDAY = datetime(2026, 11, 21, 20, 12, tzinfo=HANOI)


@pytest.mark.parametrize(
    ("level", "start", "expected"),
    [
        (1, "2026-11-21T20:12", "2026-11-21T21:12"),
        (2, "2026-11-21T22:00", "2026-11-22T02:00"),
        (3, "2026-11-21T20:12", "2026-11-24T17:00"),  # Saturday evening: Monday and Tuesday
        (3, "2026-11-23T10:00", "2026-11-25T10:00"),
        (3, "2026-11-23T06:00", "2026-11-24T17:00"),  # before opening: the whole day counts
        (3, "2026-11-23T07:30", "2026-11-24T17:00"),
        (3, "2026-11-26T16:00", "2026-11-30T16:00"),  # over a weekend
        (3, "2026-11-27T17:00", "2026-12-01T17:00"),  # at closing time on a Friday
        (4, "2026-11-23T10:00", "2026-11-23T10:30"),
        (4, "2026-11-23T16:50", "2026-11-24T07:50"),
        (4, "2026-11-21T20:12", "2026-11-23T08:00"),  # Saturday evening
    ],
)
def test_due_at_counts_hours_or_working_days(level: int, start: str, expected: str) -> None:
    began = datetime.fromisoformat(start).replace(tzinfo=HANOI)
    assert urgency.due_at(level, began) == datetime.fromisoformat(expected).replace(tzinfo=HANOI)


def test_due_at_counts_vietnamese_hours_for_a_utc_time() -> None:
    utc = datetime(2026, 11, 23, 0, 30, tzinfo=ZoneInfo("UTC"))  # 07:30 in Hanoi
    assert urgency.due_at(3, utc) == datetime(2026, 11, 24, 17, 0, tzinfo=HANOI)


@pytest.mark.parametrize(
    ("text", "level", "reason"),
    [
        ("Con chị đang cấp cứu, chuyển khoản gấp 50 triệu", Urgency.VERY_URGENT, "scam"),
        ("Con chi dang cap cuu, chuyen khoan gap 50 trieu", Urgency.VERY_URGENT, "scam"),
        ("Học sinh được nghỉ học ngày mai vì mưa lũ", Urgency.VERY_URGENT, "soon"),
        ("Học sinh nghỉ học ngày 23/11/2026", Urgency.VERY_URGENT, "soon"),
        ("Học sinh nghỉ từ 20/11/2026 đến hết 28/11/2026", Urgency.VERY_URGENT, "soon"),
        ("Học sinh nghỉ học ngày 24/11/2026", Urgency.NORMAL, ""),
        ("Học sinh nghỉ học ngày 20/11/2026", Urgency.NORMAL, ""),
        ("Ba em bị ngộ độc sau bữa trưa ở trường", Urgency.URGENT, "safety"),
        ("Lũ lên nhanh, mấy đứa nhỏ leo lên mái lớp", Urgency.URGENT, "safety"),
        ("Cứu em với, em đang bị nhốt trong kho", Urgency.VERY_URGENT, "emergency"),
        ("Nghe nói có bạn mang dao", Urgency.UNSURE, "unsure"),
        ("Tối nay họp phụ huynh lúc 7 giờ", Urgency.UNSURE, "near"),
        ("Trường bắt mua đồng phục mới 640.000 đồng", Urgency.NORMAL, ""),
        ("", Urgency.NORMAL, ""),
    ],
)
def test_urgency_is_suggested_from_the_text(text: str, level: Urgency, reason: str) -> None:
    assert urgency.suggest_urgency(text, SATURDAY.date(), SATURDAY) == urgency.UrgencySuggestion(
        level, reason
    )
    assert reason in URGENCY_REASONS
