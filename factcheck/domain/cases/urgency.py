"""Urgency of a case: by when it is due, and why a text looks urgent. A person may override it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models
from django.utils import timezone

from factcheck.enums import URGENCY_ORDER, Urgency
from intake.domain import working_time
from intake.domain.dates import ZONE
from intake.domain.working_time import WORKING_DAY
from matching.details.danger_signs import find_danger
from matching.details.slot_extraction import extract_slots
from matching.details.slot_set import Slots

_FAST = {Urgency.VERY_URGENT: timedelta(hours=1), Urgency.URGENT: timedelta(hours=4)}
_WORKING = {Urgency.UNSURE: timedelta(minutes=30), Urgency.NORMAL: 2 * WORKING_DAY}
_SOON = timedelta(days=2)
# What a family has to decide by tomorrow: these words of a claim, or what lies behind them.
_DECIDED_BY_A_DAY = frozenset(
    {
        "nghỉ", "đi học", "đóng cửa", "mở cửa", "lùi", "bỏ", "dừng", "trực tuyến", "trực tiếp",
        "cấm", "bắt buộc", "phong toả",
    }
)  # fmt: skip
_CAUSES_OF_A_DAY = frozenset({"bão", "lũ lụt", "mất điện", "mất nước", "rét", "nắng nóng"})


@dataclass(frozen=True)
class UrgencySuggestion:
    """An urgency with the code of its reason (``labels.URGENCY_REASONS``)."""

    urgency: Urgency
    reason: str


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


def _asks_for_a_decision(slots: Slots) -> bool:
    return not _DECIDED_BY_A_DAY.isdisjoint(slots.polarity) or not _CAUSES_OF_A_DAY.isdisjoint(
        slots.causes
    )


def suggest_urgency(text: str, seen: date | None, now: datetime) -> UrgencySuggestion:
    """The urgency a text suggests: somebody in danger first, then a scam, a near day on which
    pupils stay at home or not, bodily harm; last what a person has to look at."""
    danger, slots = find_danger(text), extract_slots(text, seen)
    soon = _is_soon(slots.dates, timezone.localdate(now, ZONE))
    if danger.personal:
        return UrgencySuggestion(Urgency.VERY_URGENT, "emergency")
    if danger.scam:
        return UrgencySuggestion(Urgency.VERY_URGENT, "scam")
    if soon and _asks_for_a_decision(slots):
        return UrgencySuggestion(Urgency.VERY_URGENT, "soon")
    if danger.harm:
        return UrgencySuggestion(Urgency.URGENT, "safety")
    if danger.unsure:
        return UrgencySuggestion(Urgency.UNSURE, "unsure")
    if soon:
        return UrgencySuggestion(Urgency.UNSURE, "near")
    return UrgencySuggestion(Urgency.NORMAL, "")


def is_more_urgent(one: int, other: int) -> bool:
    """Whether the first urgency comes before the second in the queue."""
    return URGENCY_ORDER.index(Urgency(one)) < URGENCY_ORDER.index(Urgency(other))


def lane_order(field: str = "urgency") -> models.Case:
    """An expression that sorts by urgency, most urgent first; ``field``: where it is stored."""
    return models.Case(
        *(models.When(**{field: value}, then=n) for n, value in enumerate(URGENCY_ORDER)),
        output_field=models.PositiveSmallIntegerField(),
    )


def due_at(urgency: int, start: datetime) -> datetime:
    """1 hour or 4 hours after ``start``; for *unsure* 30 minutes and for *normal* two days of
    working time."""
    if fast := _FAST.get(Urgency(urgency)):
        return start + fast
    return working_time.after(_WORKING[Urgency(urgency)], start)
