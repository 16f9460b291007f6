"""Two sets of slots side by side: what agrees, what conflicts, what one side lacks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from matching.dates import is_relative, same_date
from matching.letters import fold
from matching.places import contains
from matching.slot_set import SLOT_NAMES, Slots

Kind = Literal["conflict", "missing"]

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
    kind: Kind = "conflict"


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
    "schools": _same_name,
    "negation": lambda a, b: fold(a) == fold(b),
}


def _leftovers(slot: str, a: Slots, b: Slots) -> tuple[tuple[str, ...], tuple[str, ...]]:
    same = _SAME.get(slot, _equal)
    left = tuple(x for x in a.get(slot) if not any(same(x, y) for y in b.get(slot)))
    right = tuple(y for y in b.get(slot) if not any(same(x, y) for x in a.get(slot)))
    return left, right


def _kind(slot: str, left: tuple[str, ...], right: tuple[str, ...]) -> Kind:
    if slot in _ABSENCE_SPEAKS:
        return "conflict"
    if not left or not right:
        return "missing"
    if slot == "dates" and (all(map(is_relative, left)) != all(map(is_relative, right))):
        return "missing"  # "ngày mai" may or may not be 12/9: only the day it was seen tells
    if slot == "places" and all(any(contains(x, y) or contains(y, x) for y in right) for x in left):
        return "missing"  # a former province and the new one it went into
    return "conflict"


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
        if a.get(slot) and b.get(slot) and not any(_leftovers(slot, a, b))
    ]
