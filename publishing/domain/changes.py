"""What a correction changed, side by side: computed from the two versions, so that it cannot say
less than what was changed."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from factcheck.models import NoticeVersion
from publishing.domain import render

_FIELDS: tuple[tuple[str, Promise], ...] = (
    ("headline", _("Headline")),
    ("claim", _("What is going round")),
    ("explanation", _("Verdict")),
    ("what_is_true", _("What is true")),
    ("what_to_do", _("What parents should do")),
)


@dataclass(frozen=True)
class Change:
    """One field's lines that were dropped and those that took their place."""

    field: str
    before: list[str]
    after: list[str]


def between(before: NoticeVersion, after: NoticeVersion) -> list[Change]:
    """Every difference a reader of the earlier version has to know, in the page's order."""
    changes = []
    if before.rating != after.rating:
        changes.append(
            Change(str(_("Verdict")), [before.get_rating_display()], [after.get_rating_display()])
        )
    for name, label in _FIELDS:
        change = _lines(str(label), getattr(before, name), getattr(after, name))
        if change:
            changes.append(change)
    return changes


def _lines(field: str, before: str, after: str) -> Change | None:
    old, new = _bare(before), _bare(after)
    gone: list[str] = []
    come: list[str] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag != "equal":
            gone += old[i1:i2]
            come += new[j1:j2]
    return Change(field, gone, come) if gone or come else None


def _bare(text: str) -> list[str]:
    return [line.removeprefix("- ") for line in render.plain(text).splitlines()]
