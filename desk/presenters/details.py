"""Details of a claim as a person reads them: those of one claim, or of two compared.

A detail on a page is a slot of ``matching.details``.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from factcheck.domain.duplicates.suggested_pairs import CaseSuggestion
from factcheck.labels import SLOT_LABELS
from factcheck.models import Case
from matching.details.slot_extraction import extract_slots
from matching.details.slot_set import SLOT_NAMES, Slots
from matching.scoring.ranking import RankedCandidate

# Slots of wording (negation, links): they inform only in comparison with another claim.
_ONLY_COMPARED = frozenset({"negation", "polarity", "rebuttal", "links"})
_ISO = re.compile(r"(?:(?P<y>\d{4})|-)-(?P<m>\d{2})(?:-(?P<d>\d{2}))?")
# Document numbers are kept without diacritics; the usual symbols get theirs back for reading.
_STROKED = {"GDDT": "GDĐT", "QD": "QĐ", "ND": "NĐ"}
_STROKE = re.compile(r"GDDT|(?<=/)(?:QD|ND)(?=-)")


@dataclass(frozen=True)
class Fact:
    """One detail of a claim."""

    label: str
    value: str


@dataclass(frozen=True)
class DetailRow:
    """One detail in two claims; marked where they differ."""

    label: str
    left: str
    right: str
    differs: bool


@dataclass(frozen=True)
class DetailComparison:
    rows: list[DetailRow]
    same: list[str]
    differs: list[str]


def label(slot: str) -> str:
    """The name of a slot in the reader's language."""
    return str(SLOT_LABELS.get(slot, slot))


def _day(iso: str) -> str:
    match = _ISO.fullmatch(iso)
    if not match:
        return iso  # words such as "ngày mai", or a year by itself
    year, month, day = match["y"], int(match["m"]), match["d"]
    if not day:
        return _("month %(month)s") % {"month": f"{month}/{year}" if year else month}
    return f"{int(day)}/{month}" + (f"/{year}" if year else "")


def value(slot: str, raw: str) -> str:
    """A canonical value in readable form: 50000000 is 50.000.000 đ, ISO dates are d/m/y."""
    if slot == "money" and raw.isdigit():
        return f"{int(raw):,}".replace(",", ".") + " đ"
    if slot == "dates":
        return " – ".join(_day(end) for end in raw.split("/"))
    if slot == "documents":
        return _STROKE.sub(lambda match: _STROKED[match[0]], raw)
    return raw


def values(slot: str, raw: Iterable[str]) -> str:
    return ", ".join(value(slot, part) for part in raw)


def slots_of(case: Case) -> Slots:
    """The slots of a case's claim; dates without a year belong to the day it was opened."""
    return extract_slots(case.claim, timezone.localdate(case.opened_at))


def facts(case: Case) -> list[Fact]:
    """Documents, days, sums, places and the like in the claim, one fact for each slot it fills."""
    slots = slots_of(case)
    return [
        Fact(label(slot).capitalize(), values(slot, slots.get(slot)))
        for slot in SLOT_NAMES
        if slots.get(slot) and slot not in _ONLY_COMPARED
    ]


def detail_rows(ranked: RankedCandidate, left: Slots, right: Slots) -> list[DetailRow]:
    """Slot by slot, where two wordings agree and where they differ."""
    differing = {difference.slot for difference in ranked.differences}
    rows = []
    for slot in SLOT_NAMES:
        if slot in differing or slot in ranked.agreements:
            rows.append(
                DetailRow(
                    label(slot).capitalize(),
                    values(slot, left.get(slot)),
                    values(slot, right.get(slot)),
                    differs=slot in differing,
                )
            )
    return rows


def compare(case: Case, suggested: CaseSuggestion) -> DetailComparison:
    """Why another case was suggested: what agrees and what differs, this case on the left."""
    explanation: dict[str, Any] = suggested.match.explanation
    differences = {difference["slot"]: difference for difference in explanation.get("differs", [])}
    agreements = set(explanation.get("same", []))
    left, right = slots_of(case), slots_of(suggested.case)
    # The explanation's left side is the report's, which belongs to the other case in reverse.
    sides = ("right", "left") if suggested.reverse else ("left", "right")
    rows, differs = [], []
    for slot in SLOT_NAMES:
        name = label(slot)
        if slot in differences:
            difference = differences[slot]
            this, that = (values(slot, difference[side]) for side in sides)
            rows.append(DetailRow(name.capitalize(), this, that, differs=True))
            once = difference["kind"] == "missing"
            differs.append(_("%(detail)s (named once only)") % {"detail": name} if once else name)
        elif slot in agreements:
            both = values(slot, left.get(slot) or right.get(slot))
            rows.append(DetailRow(name.capitalize(), both, both, differs=False))
    same = [row.label.lower() for row in rows if not row.differs]
    return DetailComparison(rows, same, differs)
