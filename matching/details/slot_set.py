"""The set of details in one text: plain values, stored as JSON."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from operator import attrgetter


@dataclass(frozen=True, slots=True)
class Slots:
    """Details found in one text; each a sorted tuple of distinct canonical values, often empty.

    ``documents`` ``1482/SGDDT-VP``, ``22/TT`` · ``dates`` ISO, ``--11-23`` without a year, ``A/B``
    ranges · ``money`` whole đồng · ``numbers`` the rest, also ``50%``, ``7h30`` · ``fractions``
    ``2/3`` · ``scores`` ``9/10`` · ``ordinals`` ``liều 2`` · ``bounds`` ``hơn 100``, ``trước 5/6``
    · ``periods`` ``14 ngày``, ``mỗi tháng``, ``24/7`` · ``codes`` ``EV71`` · ``places`` ·
    ``addresses`` house numbers · ``schools`` · ``levels`` also classes · ``offices`` authorities
    and roles (never a person) · ``causes`` illness, vaccine, weather · ``quantifier`` ·
    ``negation`` · ``polarity`` · ``rebuttal`` ``("bác bỏ",)`` or empty · ``phones`` · ``links``
    canonical URLs.
    """

    documents: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    money: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    fractions: tuple[str, ...] = ()
    scores: tuple[str, ...] = ()
    ordinals: tuple[str, ...] = ()
    bounds: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    quantifier: tuple[str, ...] = ()
    negation: tuple[str, ...] = ()
    polarity: tuple[str, ...] = ()
    rebuttal: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def values(self) -> tuple[tuple[str, ...], ...]:
        """The values of all slots, in the order of ``SLOT_NAMES``."""
        values: tuple[tuple[str, ...], ...] = _ALL_VALUES(self)
        return values

    def get(self, slot: str) -> tuple[str, ...]:
        """Return the values of a slot by its machine name; KeyError if there is none."""
        if slot not in SLOT_NAMES:
            raise KeyError(slot)
        values: tuple[str, ...] = getattr(self, slot)
        return values

    def to_json(self) -> dict[str, list[str]]:
        """Return the non-empty slots as JSON types: name → list of strings."""
        return {name: list(values) for name in SLOT_NAMES if (values := getattr(self, name))}

    @classmethod
    def from_json(cls, filled: Mapping[str, Iterable[str]]) -> "Slots":
        """Read the result of ``to_json``; unknown names are ignored."""
        return cls(**{n: tuple(sorted(map(str, v))) for n, v in filled.items() if n in SLOT_NAMES})


SLOT_NAMES: tuple[str, ...] = tuple(field.name for field in fields(Slots))
_ALL_VALUES = attrgetter(*SLOT_NAMES)
