"""Urgency of a case: by when it is due, and why a text looks urgent. A person may override it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from factcheck.enums import Urgency
from intake.domain.dates import ZONE
from matching.details.slot_extraction import extract_slots
from matching.text.letters import fold
from matching.text.normalisation import is_unaccented, normalise

OPENS, CLOSES = time(7, 30), time(17, 0)
WORKING_DAY = timedelta(hours=9, minutes=30)
_FAST = {Urgency.VERY_URGENT: timedelta(hours=1), Urgency.URGENT: timedelta(hours=4)}
_SOON = timedelta(days=2)

_TRANSFER = (
    "chuyển tiền", "chuyển khoản", "chuyển gấp", "chuyển ngay", "nộp tiền", "đóng tiền gấp",
    "mã otp", "số tài khoản", "vào tài khoản", "transfer", "wire",
)  # fmt: skip
_HOSPITAL = (
    "cấp cứu", "nhập viện", "bệnh viện", "phẫu thuật", "viện phí", "hospital", "surgery",
)  # fmt: skip
_SAFETY = (
    "an toàn", "bắt cóc", "tai nạn", "ngộ độc", "dịch bệnh", "ổ dịch", "sốt xuất huyết",
    "đuối nước", "vỡ đập", "sơ tán", "cháy nổ", "hỏa hoạn", "vắc xin", "vaccine",
    "tiêm chủng", "tử vong", "nguy hiểm", "lũ quét", "sạt lở", "kẹo lạ", "ma túy",
    "đánh nhau", "kidnap", "kidnapped", "poisoned", "poisoning", "accident", "outbreak", "evacuate",
)  # fmt: skip


@dataclass(frozen=True)
class UrgencySuggestion:
    """An urgency with the code of its reason (``labels.URGENCY_REASONS``)."""

    urgency: Urgency
    reason: str


def _mentions_any(text: str, phrases: tuple[str, ...]) -> bool:
    key, unaccented = f" {normalise(text)} ", is_unaccented(text)
    spelled = (normalise(phrase) for phrase in phrases)
    return any(f" {fold(phrase) if unaccented else phrase} " in key for phrase in spelled)


def _days(value: str) -> tuple[date, date] | None:
    """First and last day of a date slot (``2026-11-23`` or ``2026-11-23/2026-11-28``)."""
    first, _, last = value.partition("/")
    try:
        return date.fromisoformat(first), date.fromisoformat(last or first)
    except ValueError:
        return None


def _is_soon(dates: tuple[str, ...], today: date) -> bool:
    spans = (span for value in dates if (span := _days(value)))
    return any(last >= today and first <= today + _SOON for first, last in spans)


def suggest_urgency(text: str, seen: date | None, now: datetime) -> UrgencySuggestion:
    """The urgency a text suggests: a scam first, then a near date, then safety or health."""
    slots = extract_slots(text, seen)
    moves_money = _mentions_any(text, _TRANSFER)
    hospital = _mentions_any(text, _HOSPITAL)
    if (bool(slots.money) + moves_money + hospital) >= 2:
        return UrgencySuggestion(Urgency.VERY_URGENT, "scam")
    if _is_soon(slots.dates, timezone.localdate(now, ZONE)):
        return UrgencySuggestion(Urgency.VERY_URGENT, "soon")
    if hospital or _mentions_any(text, _SAFETY):
        return UrgencySuggestion(Urgency.URGENT, "safety")
    return UrgencySuggestion(Urgency.NORMAL, "")


def due_at(urgency: int, start: datetime) -> datetime:
    """1 hour, 4 hours, or two working days (Monday to Friday, 07:30 to 17:00) after ``start``."""
    if fast := _FAST.get(Urgency(urgency)):
        return start + fast
    remaining, moment = 2 * WORKING_DAY, start.astimezone(ZONE)
    while True:
        day = timezone.localdate(moment, ZONE)
        opens = datetime.combine(day, OPENS, ZONE)
        closes = datetime.combine(day, CLOSES, ZONE)
        moment = max(moment, opens)
        if moment.weekday() < 5 and moment < closes:
            if remaining <= closes - moment:
                return moment + remaining
            remaining -= closes - moment
        moment = opens + timedelta(days=1)
