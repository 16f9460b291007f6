"""Numbers and codes as a person would say them: due times, sizes, fingerprints."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from factcheck.models import Verdict

SOON = timedelta(hours=1)
_REF = re.compile(r"\[([1-9]\d?)\]")
SPELL_OUT = timedelta(hours=12)


@dataclass(frozen=True)
class Due:
    """A due time in words; ``state`` is over, soon or later (the class and icon follow it)."""

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


def due(at: datetime, now: datetime | None = None) -> Due:
    """How a due time stands: overdue, soon, or the day it falls on."""
    now = now or timezone.now()
    local = timezone.localtime(at)
    same_day = local.date() == timezone.localtime(now).date()
    limit = _("Due %(time)s") % {"time": date_format(local, "H:i" if same_day else "H:i d/m")}
    if at < now:
        return Due(_("Overdue by %(span)s") % {"span": span(now - at)}, "over", limit)
    left = at - now
    if left < SPELL_OUT:
        text = _("%(span)s left") % {"span": span(left)}
        return Due(text, "soon" if left < SOON else "later", limit)
    return Due(date_format(local, "l d/m"), "day", limit)


def short_hash(sha256: str) -> str:
    """The two ends of a fingerprint, enough to compare by eye."""
    return f"{sha256[:8]}…{sha256[-8:]}" if sha256 else ""


def with_refs(text: str, count: int | None) -> SafeString:
    """Text with [1], [2] as links to the numbered evidence; other numbers stay as they are.

    Without a count the evidence is not on the page, and the numbers are left out.
    """
    if count is None:
        return format_html("{}", _REF.sub("", text).rstrip())
    parts = _REF.split(text)  # plain, number, plain, number, …
    return format_html_join("", "{}", ((_ref(part, at, count),) for at, part in enumerate(parts)))


def _ref(part: str, at: int, count: int) -> str:
    if at % 2 == 0:
        return part
    if int(part) > count:
        return f"[{part}]"
    return format_html('<a class="kt-ref" href="#cc{}">{}</a>', part, part)


def paragraphs(verdict: Verdict, count: int | None) -> dict[str, list[SafeString]]:
    """The long texts of a verdict line by line, with links to the evidence."""
    return {
        name: [
            with_refs(line.strip().removeprefix("- "), count)
            for line in getattr(verdict, name).splitlines()
            if line.strip()
        ]
        for name in ("explanation", "what_is_true", "what_to_do")
    }
