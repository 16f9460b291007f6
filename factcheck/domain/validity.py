"""Validity of a published answer: whether it still answers by itself on a day.

After the day by which it was to be reviewed, and for an event after the event's own days, a notice
is shown as what was checked then; it says nothing about what is asked now.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from django.utils import timezone

from accounts.domain import guarded_acts
from accounts.enums import GuardedKind
from factcheck.enums import VerdictKind
from factcheck.models import NoticeVersion, Verdict
from matching.details.slot_extraction import extract_slots

# A claim that says "tháng sau" without a date is about the time after its check.
_UNDATED = {"năm": timedelta(days=366), "tháng": timedelta(days=62), "tuần": timedelta(days=14)}
_NEXT_DAYS = timedelta(days=7)
_CONFIRMED_FOR = timedelta(days=30)  # after two people wrote that it is still right


class Validity(StrEnum):
    CURRENT = "current"
    LAPSED = "lapsed"  # past its review-by day
    PAST_EVENT = "past_event"  # asked about other days than the event's
    SUSPENDED = "suspended"  # being checked again
    RETRACTED = "retracted"


def _last_day(value: str) -> date | None:
    try:
        return date.fromisoformat(value.rpartition("/")[2])
    except ValueError:
        return None


def event_end(claim: str, checked_on: date) -> date | None:
    """The last day of the event a claim is about; None where it names no day."""
    dates = extract_slots(claim, checked_on).dates
    days = [day for value in dates if (day := _last_day(value))]
    if days:
        return max(days)
    spans = [span for word, span in _UNDATED.items() if any(word in value for value in dates)]
    return checked_on + max([_NEXT_DAYS, *spans]) if dates else None


def checked_on(version: NoticeVersion) -> date:
    """The Vietnamese day on which the version was published."""
    return timezone.localdate(version.published_at)


def _is_past_event(claim: str, day: date, asked_dates: Iterable[str], today: date) -> bool:
    """Whether the event, of a claim checked on a day, is over and the text does not ask about its
    own days."""
    end = event_end(claim, day)
    if end is None or end >= today:
        return False
    claimed = extract_slots(claim, day).dates
    explicit = all(_last_day(value) for value in claimed)
    return not (explicit and set(claimed) <= set(asked_dates))


def _is_confirmed(version: NoticeVersion, day: date) -> bool:
    """Whether two people wrote lately that it is still right."""
    subject = guarded_acts.subject_of(version.notice)
    act = guarded_acts.confirmed(GuardedKind.STILL_RIGHT, subject).last()
    if act is None or act.confirmed_at is None:
        return False
    return day <= timezone.localdate(act.confirmed_at) + _CONFIRMED_FOR


def validity(
    version: NoticeVersion, asked_dates: Iterable[str] = (), today: date | None = None
) -> Validity:
    """How far a version answers whoever asks on a day; ``asked_dates``: the date slots of their
    text, resolved by that day."""
    day = today or timezone.localdate()
    if version.kind == VerdictKind.RETRACTION:
        return Validity.RETRACTED
    if version.notice.suspended_at is not None:
        return Validity.SUSPENDED
    if version.is_due_for_review(day) and not _is_confirmed(version, day):
        return Validity.LAPSED
    if _is_past_event(version.claim, checked_on(version), asked_dates, day):
        return Validity.PAST_EVENT
    return Validity.CURRENT


def private_validity(verdict: Verdict, answered_on: date, asked_dates: Iterable[str]) -> Validity:
    """The same for an answer to the reporters alone, given on a day."""
    today = timezone.localdate()
    if verdict.review_by is not None and verdict.review_by < today:
        return Validity.LAPSED
    if _is_past_event(verdict.claim, answered_on, asked_dates, today):
        return Validity.PAST_EVENT
    return Validity.CURRENT
