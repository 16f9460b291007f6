"""Two sets of slots side by side: what agrees, what conflicts, what one side lacks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from matching.details.date_expressions import is_relative, same_date
from matching.details.places import same_tier
from matching.details.polarity import are_opposed, same_scope
from matching.details.provinces import contains_place
from matching.details.school_levels import same_school
from matching.details.slot_set import SLOT_NAMES, Slots
from matching.text.letters import fold

DifferenceKind = Literal["conflict", "missing"]

# Silence in these slots speaks: a text without "không" says the opposite of one with it.
_ABSENCE_SPEAKS = frozenset({"negation", "rebuttal"})


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs in one slot: the values only one side has.

    ``kind`` is ``conflict`` (both say something, and not the same) or ``missing`` (one side is
    silent, says less, or speaks of a day that cannot be told).
    """

    slot: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    kind: DifferenceKind = "conflict"


def _typed_plain(name: str) -> bool:
    return "".join(name.split()[-2:]).isascii()  # the words before are a kind: "xã", "Tiểu học"


def _same_name(left: str, right: str) -> bool:
    """Compare names: typed without diacritics, or one cut short by a missing capital."""
    if left == right:
        return True
    if _typed_plain(left) or _typed_plain(right):
        left, right = fold(left), fold(right)
    a, b = sorted((left.casefold().split(), right.casefold().split()), key=len)
    extra = b[len(a) :]
    # "Hoa Mai 2" is another school than "Hoa Mai"; "An Bình đóng" is "An Bình" and a verb.
    return a == b[: len(a)] and (not extra or (len(a) > 2 and all(len(word) > 1 for word in extra)))


def _equal(left: str, right: str) -> bool:
    return left == right


_SAME: dict[str, Callable[[str, str], bool]] = {
    "dates": same_date,
    "places": _same_name,
    "schools": lambda a, b: _same_name(a, b) or same_school(a, b),
    "quantifier": same_scope,
    "negation": lambda a, b: fold(a) == fold(b),
}


def _leftovers(slot: str, a: Slots, b: Slots) -> tuple[tuple[str, ...], tuple[str, ...]]:
    ours, theirs = getattr(a, slot), getattr(b, slot)
    if ours == theirs:
        return (), ()
    if not ours or not theirs:
        return ours, theirs
    same = _SAME.get(slot, _equal)
    left = tuple(x for x in ours if not any(same(x, y) for y in theirs))
    right = tuple(y for y in theirs if not any(same(x, y) for x in ours))
    return left, right


def _kind(slot: str, left: tuple[str, ...], right: tuple[str, ...]) -> DifferenceKind:
    if slot in _ABSENCE_SPEAKS:
        return "conflict"
    if not left or not right:
        return "missing"
    if slot == "dates" and (all(map(is_relative, left)) != all(map(is_relative, right))):
        return "missing"  # "ngày mai" may or may not be 12/9: only the day it was seen tells
    if slot == "places":
        return "conflict" if _places_exclude(left, right) else "missing"
    if slot == "polarity":
        return "conflict" if are_opposed(left, right) else "missing"
    return "conflict"


def _places_exclude(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Say whether places exclude each other: two of one tier, neither of them inside the other.

    A former province and the one it went into, or a district and a commune, may be one place.
    """
    pairs = [(x, y) for x in left for y in right if same_tier(x, y)]
    return any(not contains_place(x, y) and not contains_place(y, x) for x, y in pairs)


def differences(a: Slots, b: Slots) -> list[Difference]:
    """Return the slots in which two texts differ, in display order; conflicts veto a link."""
    found: list[Difference] = []
    for slot in SLOT_NAMES:
        left, right = _leftovers(slot, a, b)
        if left or right:
            found.append(Difference(slot, left, right, _kind(slot, left, right)))
    return found


def agreements(a: Slots, b: Slots) -> list[str]:
    """Return the names of the slots which both texts fill and fill alike, in display order."""
    return [
        slot
        for slot in SLOT_NAMES
        if getattr(a, slot) and getattr(b, slot) and not any(_leftovers(slot, a, b))
    ]
