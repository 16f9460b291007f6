"""Details of a claim as a person reads them: those of one claim, or of two compared.

A detail on a page is a slot of ``matching.details``.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from factcheck.domain.duplicates import comparison
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
    """``same_words``: nothing differs but what the allow-list lets differ. ``identifier``: both
    name the same document, telephone number or page. ``in_common``: anything at all agrees."""

    rows: list[DetailRow]
    same: list[str]
    differs: list[str]
    same_words: bool = False
    identifier: bool = False
    in_common: bool = True


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


def detail_rows(ranked: RankedCandidate) -> list[DetailRow]:
    """Slot by slot, where two wordings agree and where they differ: the values of each text; then
    the words in which they differ, as they were typed."""
    differing = {difference.slot: difference for difference in ranked.reasons}
    left, right = ranked.slots
    rows = []
    for slot in SLOT_NAMES:
        if slot in differing or slot in ranked.agreements:
            # What words point to ("trường mình") is in the difference, not in the text.
            sides = (left.get(slot), right.get(slot))
            if slot in differing and sides[0] == sides[1]:
                sides = (differing[slot].left, differing[slot].right)
            rows.append(
                DetailRow(
                    label(slot).capitalize(),
                    values(slot, sides[0]),
                    values(slot, sides[1]),
                    differs=slot in differing,
                )
            )
    return rows + [
        DetailRow(label("words").capitalize(), _joined(d.left), _joined(d.right), differs=True)
        for d in ranked.reasons
        if d.kind == "words"
    ]


def _joined(words: Iterable[str]) -> str:
    return " … ".join(words)


def _differs(ranked: RankedCandidate) -> list[str]:
    """The names of what differs; that which only one of the two names says so."""
    names = []
    for difference in ranked.reasons:
        name = label(difference.slot)
        once = difference.kind == "missing"
        names.append(_("%(detail)s (named once only)") % {"detail": name} if once else name)
    return list(dict.fromkeys(names))


def _has_anything_in_common(ranked: RankedCandidate) -> bool:
    shared = ranked.same_words or ranked.same_url or bool(ranked.agreements)
    return shared or ranked.features["shared_count"] > 0


def compare(case: Case, suggested: CaseSuggestion, user: User) -> DetailComparison:
    """What agrees and what differs between two cases now, this case on the left: by the two
    wordings that are most alike, of those the user may read."""
    compared = comparison.compare(case, suggested.case, user)
    if compared is None:
        return DetailComparison([], [], [])
    ranked = compared.ranked
    return DetailComparison(
        detail_rows(ranked),
        [label(slot) for slot in ranked.agreements],
        _differs(ranked),
        ranked.same_words and not ranked.differences,
        ranked.same_identifier,
        _has_anything_in_common(ranked) or compared.is_between_languages,
    )
