"""Days of reports, as people in Viet Nam count them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from intake.enums import SeenWhen
from intake.models import Report

# School days are Vietnamese days, wherever the server is.
ZONE = ZoneInfo(settings.TIME_ZONE)


def seen_on(report: Report) -> date | None:
    """The Vietnamese day the text was seen; None when the sender saw it some earlier time."""
    day = timezone.localdate(report.created_at, ZONE)
    if report.seen_when == SeenWhen.YESTERDAY:
        return day - timedelta(days=1)
    return None if report.seen_when in (SeenWhen.THIS_WEEK, SeenWhen.EARLIER) else day


def seen_when(moment: datetime) -> str:
    """The ``SeenWhen`` of a message sent at ``moment``; ``""``, the form's default, for today."""
    try:
        days = (timezone.localdate(timezone=ZONE) - timezone.localdate(moment, ZONE)).days
    except OverflowError:  # a time that no calendar has
        return ""
    if days <= 0:
        return ""
    return SeenWhen.YESTERDAY if days == 1 else SeenWhen.EARLIER
