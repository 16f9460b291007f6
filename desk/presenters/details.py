"""Details of a claim (slots) as a person reads them: the facts of one, two side by side."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.domain.duplicates.suggested_pairs import Suggested
from factcheck.labels import SLOT_LABELS
from factcheck.models import Case
from matching.details.slot_extraction import extract_slots
from matching.details.slot_set import SLOT_NAMES, Slots
from matching.scoring.ranking import RankedCandidate

# How a claim is turned says something only beside another claim.
_ONLY_COMPARED = frozenset({"negation", "polarity", "rebuttal", "links"})
_ISO = re.compile(r"(?:(?P<y>\d{4})|-)-(?P<m>\d{2})(?:-(?P<d>\d{2}))?")
# Document numbers are kept without diacritics; the usual symbols get theirs back for reading.
_STROKED = {"GDDT": "GDĐT", "QD": "QĐ", "ND": "NĐ"}
_STROKE = re.compile(r"GDDT|(?<=/)(?:QD|ND)(?=-)")


@dataclass(frozen=True)
class Fact:
    label: str
    value: str


@dataclass(frozen=True)
class DetailRow:
    """One detail in two claims; marked where they differ."""

    label: str
    ours: str
    theirs: str
    differs: bool


@dataclass(frozen=True)
class DetailComparison:
    rows: list[DetailRow]
    same: list[str]
    differs: list[str]


def label(slot: str) -> str:
    """The name of a slot as a person says it."""
    return str(SLOT_LABELS.get(slot, slot))


def _day(iso: str) -> str:
    found = _ISO.fullmatch(iso)
    if not found:
        return iso  # words such as "ngày mai", or a year by itself
    year, month, day = found["y"], int(found["m"]), found["d"]
    if not day:
        return _("month %(month)s") % {"month": f"{month}/{year}" if year else month}
    return f"{int(day)}/{month}" + (f"/{year}" if year else "")


def value(slot: str, raw: str) -> str:
    """One canonical value for reading: 50000000 is 50.000.000 đ, ISO days are days and months."""
    if slot == "money" and raw.isdigit():
        return f"{int(raw):,}".replace(",", ".") + " đ"
    if slot == "dates":
        return " – ".join(_day(end) for end in raw.split("/"))
    if slot == "documents":
        return _STROKE.sub(lambda found: _STROKED[found[0]], raw)
    return raw


def values(slot: str, raw: Iterable[str]) -> str:
    return ", ".join(value(slot, part) for part in raw)


def slots_of(case: Case) -> Slots:
    """The details of a case's claim; dates without a year belong to the day it was opened."""
    return extract_slots(case.claim, timezone.localtime(case.opened_at).date())


def facts(case: Case) -> list[Fact]:
    """What the claim says about documents, days, sums, places…, one line for each slot it fills."""
    found = slots_of(case)
    return [
        Fact(label(slot).capitalize(), values(slot, found.get(slot)))
        for slot in SLOT_NAMES
        if found.get(slot) and slot not in _ONLY_COMPARED
    ]


def detail_rows(ranked: RankedCandidate, ours: Slots, theirs: Slots) -> list[DetailRow]:
    """Slot by slot where two wordings agree and differ, in the words of the page."""
    apart = {difference.slot: difference for difference in ranked.differences}
    rows = []
    for slot in SLOT_NAMES:
        name = label(slot).capitalize()
        if slot in apart or slot in ranked.agreements:
            left, right = values(slot, ours.get(slot)), values(slot, theirs.get(slot))
            rows.append(DetailRow(name, left, right, differs=slot in apart))
    return rows


def compare(case: Case, suggested: Suggested) -> DetailComparison:
    """Why another case was suggested: what agrees and what differs, this case on the left."""
    explained: dict[str, Any] = suggested.match.explanation
    apart = {found["slot"]: found for found in explained.get("differs", [])}
    shared = set(explained.get("same", []))
    ours, theirs = slots_of(case), slots_of(suggested.case)
    sides = ("right", "left") if suggested.reverse else ("left", "right")
    rows, differs = [], []
    for slot in SLOT_NAMES:
        name = label(slot)
        if slot in apart:
            left, right = (values(slot, apart[slot][side]) for side in sides)
            rows.append(DetailRow(name.capitalize(), left, right, differs=True))
            only = apart[slot]["kind"] == "missing"
            differs.append(_("%(detail)s (named once only)") % {"detail": name} if only else name)
        elif slot in shared:
            both = values(slot, ours.get(slot) or theirs.get(slot))
            rows.append(DetailRow(name.capitalize(), both, both, differs=False))
    same = [row.label.lower() for row in rows if not row.differs]
    return DetailComparison(rows, same, differs)
