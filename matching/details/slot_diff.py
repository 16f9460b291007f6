"""Comparison of two sets of slots: agreements, conflicts, and what one side lacks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from matching.details.bounds import bounded_number
from matching.details.date_expressions import is_relative, same_date
from matching.details.document_numbers import same_document
from matching.details.durations import same_duration
from matching.details.negation import same_negation
from matching.details.ordinals import same_ordinal
from matching.details.phone_numbers import same_phone
from matching.details.places import same_tier
from matching.details.polarity import are_opposed
from matching.details.provinces import contains_place
from matching.details.quantifiers import same_scope
from matching.details.school_levels import may_abbreviate, same_school
from matching.details.slot_set import SLOT_NAMES, Slots
from matching.text.letters import fold

DifferenceKind = Literal["conflict", "missing", "words"]

# In these slots an empty side is a conflict: a text without "không" contradicts one with it.
_ABSENCE_IS_CONFLICT = frozenset({"negation", "rebuttal"})


@dataclass(frozen=True, slots=True)
class Difference:
    """The values of one slot that only one side has.

    ``kind`` is ``conflict`` (both sides have values that exclude each other) or ``missing`` (one
    side has none, fewer, or a day that cannot be resolved). ``words``: the slot ``words``, in which
    the values are words as they were typed (``matching.scoring.word_reasons``).
    """

    slot: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    kind: DifferenceKind = "conflict"


def _lacks_diacritics(name: str) -> bool:
    return "".join(name.split()[-2:]).isascii()  # the words before name the kind: "xã", "Tiểu học"


def _same_name(left: str, right: str) -> bool:
    """Whether two names are equal but for diacritics, or one cut short by a missing capital."""
    if left == right:
        return True
    if _lacks_diacritics(left) or _lacks_diacritics(right):
        left, right = fold(left), fold(right)
    a, b = sorted((left.casefold().split(), right.casefold().split()), key=len)
    extra = b[len(a) :]
    # "Hoa Mai 2" is a different school from "Hoa Mai"; "An Bình đóng" is "An Bình" and a verb.
    return a == b[: len(a)] and (not extra or (len(a) > 2 and all(len(word) > 1 for word in extra)))


def _equal(left: str, right: str) -> bool:
    return left == right


_COMPARATORS: dict[str, Callable[[str, str], bool]] = {
    "dates": same_date,
    "places": _same_name,
    "schools": lambda a, b: _same_name(a, b) or same_school(a, b),
    "quantifier": same_scope,
    "negation": same_negation,
    "documents": same_document,
    "phones": same_phone,
    "periods": same_duration,
    "ordinals": same_ordinal,
    "bounds": lambda a, b: fold(a) == fold(b),
}


def _unmatched(
    slot: str, left_values: tuple[str, ...], right_values: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if not left_values or not right_values:
        return left_values, right_values
    same = _COMPARATORS.get(slot, _equal)
    left = tuple(x for x in left_values if not any(same(x, y) for y in right_values))
    right = tuple(y for y in right_values if not any(same(x, y) for x in left_values))
    return left, right


def _comparable_bounds(a: Slots, b: Slots) -> tuple[str, ...]:
    """Return the bounds of ``a`` whose number or day ``b`` names, too.

    "Hơn 100" and "hơn 200" differ in the number, which is named by its own slot.
    """
    words = " ".join((*b.numbers, *b.money, *b.periods, *b.fractions)).split(" ")
    named = {*words, *(bounded_number(bound) for bound in b.bounds)}
    days = {part[-5:] for value in b.dates for part in value.split("/")}
    return tuple(
        bound
        for bound in a.bounds
        if (number := bounded_number(bound)) in named or _month_day(number) in days
    )


def _month_day(number: str) -> str:
    day, _, month = number.partition("/")
    return f"{month:0>2}-{day:0>2}" if month.isdecimal() and day.isdecimal() else ""


def _kind(slot: str, left: tuple[str, ...], right: tuple[str, ...]) -> DifferenceKind:
    if slot in _ABSENCE_IS_CONFLICT:
        return "conflict"
    if not left or not right:
        return "missing"
    if slot == "dates" and (all(map(is_relative, left)) != all(map(is_relative, right))):
        return "missing"  # "ngày mai" may or may not be 12/9: that depends on the day it was seen
    if slot == "places":
        return "conflict" if _places_conflict(left, right) else "missing"
    if slot == "schools" and all(any(may_abbreviate(x, y) for y in right) for x in left):
        return "missing"  # initials fit a name, but other names as well
    if slot == "polarity":
        return "conflict" if are_opposed(left, right) else "missing"
    return "conflict"


def _places_conflict(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether places exclude each other: two of one tier, neither of which contains the other.

    A former province and the one it went into, or a district and a commune, may be one place.
    """
    pairs = [(x, y) for x in left for y in right if same_tier(x, y)]
    return any(not contains_place(x, y) and not contains_place(y, x) for x, y in pairs)


def differences(a: Slots, b: Slots) -> list[Difference]:
    """Return the slots in which two texts differ, in display order; a conflict vetoes a link."""
    result: list[Difference] = []
    for slot, x, y in zip(SLOT_NAMES, a.values, b.values, strict=True):
        if x == y:  # mostly both are empty; called for a hundred candidates of each report
            continue
        if slot == "bounds":
            x, y = _comparable_bounds(a, b), _comparable_bounds(b, a)
        left, right = _unmatched(slot, x, y)
        if left or right:
            result.append(Difference(slot, left, right, _kind(slot, left, right)))
    return result


def agreements(a: Slots, b: Slots) -> list[str]:
    """Return the names of the slots that both texts fill with equal values, in display order."""
    return [
        slot
        for slot, x, y in zip(SLOT_NAMES, a.values, b.values, strict=True)
        if x and y and (x == y or not any(_unmatched(slot, x, y)))
    ]
