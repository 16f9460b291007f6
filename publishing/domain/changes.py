"""Changes: what a correction changed, side by side. Computed from the two versions, so that it is
complete."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from factcheck.models import NoticeVersion
from publishing.domain import render

_FIELDS: tuple[tuple[str, Promise], ...] = (
    ("leading_headline", _("Headline")),
    ("claim", _("What is going round")),
    ("explanation", _("Verdict")),
    ("what_is_true", _("What is true")),
    ("what_to_do", _("What parents should do")),
)


@dataclass(frozen=True)
class Change:
    """The removed lines of one field and the lines that replaced them."""

    field: str
    before: list[str]
    after: list[str]


def changes_between(before: NoticeVersion, after: NoticeVersion) -> list[Change]:
    """Return every difference that concerns a reader of the earlier version, in page order."""
    changes = []
    if before.rating != after.rating:
        changes.append(
            Change(str(_("Verdict")), [before.get_rating_display()], [after.get_rating_display()])
        )
    for name, field_label in _FIELDS:
        label = after.truth_label if name == "what_is_true" else str(field_label)
        change = _text_change(label, getattr(before, name), getattr(after, name))
        if change:
            changes.append(change)
    return changes


def _text_change(field: str, before: str, after: str) -> Change | None:
    old, new = _lines_without_bullets(before), _lines_without_bullets(after)
    removed: list[str] = []
    added: list[str] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag != "equal":
            removed += old[i1:i2]
            added += new[j1:j2]
    return Change(field, removed, added) if removed or added else None


def _lines_without_bullets(text: str) -> list[str]:
    return [line.removeprefix("- ") for line in render.plain(text).splitlines()]
