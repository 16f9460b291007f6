"""Working time: Monday to Friday, 07:30 to 17:00 in Viet Nam. Public holidays are not known."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from intake.domain.dates import ZONE

OPENS, CLOSES = time(7, 30), time(17, 0)
WORKING_DAY = timedelta(hours=9, minutes=30)
_FRIDAY = 4


def next_open(moment: datetime) -> datetime:
    """``moment`` itself in working time, else the next opening; in the local zone."""
    local = moment.astimezone(ZONE)
    today = timezone.localdate(moment, ZONE)
    opens = datetime.combine(today, OPENS, ZONE)
    if local.weekday() <= _FRIDAY and local < datetime.combine(today, CLOSES, ZONE):
        return max(local, opens)
    following = opens + timedelta(days=1)
    while following.weekday() > _FRIDAY:
        following += timedelta(days=1)
    return following


def is_open(moment: datetime) -> bool:
    """Whether ``moment`` is in working time."""
    return next_open(moment) == moment


def after(span: timedelta, start: datetime) -> datetime:
    """The moment when ``span`` of working time has passed since ``start``."""
    moment, remaining = next_open(start), span
    while True:
        closes = datetime.combine(timezone.localdate(moment, ZONE), CLOSES, ZONE)
        if remaining <= closes - moment:
            return moment + remaining
        remaining -= closes - moment
        moment = next_open(closes)
