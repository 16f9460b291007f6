"""Due times and lengths of time as a person reads them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SOON = timedelta(hours=1)
SPELL_OUT = timedelta(hours=12)  # under this the time left is shown, over it the day


@dataclass(frozen=True)
class Due:
    """A due time in words; ``state`` is over, soon, later or day (class and icon follow it)."""

    text: str
    state: str
    limit: str


def span(length: timedelta) -> str:
    """A length of time in at most two units: "12 minutes", "2 hours 3 minutes", "3 days"."""
    minutes = max(1, int(length.total_seconds() // 60))
    if minutes >= 48 * 60:
        days = minutes // (24 * 60)
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours})
    if rest and hours < 10:
        parts.append(ngettext("%(n)d minute", "%(n)d minutes", rest) % {"n": rest})
    return " ".join(parts)


def due(due_at: datetime, now: datetime | None = None) -> Due:
    """A due time compared with now: overdue, soon, later today, or the day it falls on."""
    now = now or timezone.now()
    local = timezone.localtime(due_at)
    same_day = timezone.localdate(due_at) == timezone.localdate(now)
    limit = _("Due %(time)s") % {"time": date_format(local, "H:i" if same_day else "H:i d/m")}
    if due_at < now:
        return Due(_("Overdue by %(span)s") % {"span": span(now - due_at)}, "over", limit)
    left = due_at - now
    if left < SPELL_OUT:
        text = _("%(span)s left") % {"span": span(left)}
        return Due(text, "soon" if left < SOON else "later", limit)
    return Due(date_format(local, "l d/m"), "day", limit)
