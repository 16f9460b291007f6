"""The set of details that one text holds: plain values, stored as JSON."""

import json
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Slots:
    """Details found in one text; each a sorted tuple of distinct canonical values, often empty.

    ``documents`` ``1482/SGDDT-VP`` · ``dates`` ISO, ``--11-23`` without a year, ``A/B`` ranges ·
    ``money`` whole đồng · ``numbers`` the rest, also ``50%``, ``7h30`` · ``periods`` ``14 ngày``,
    ``mỗi tháng`` · ``places`` · ``schools`` · ``levels`` · ``quantifier`` · ``negation`` ·
    ``polarity`` · ``rebuttal`` ``("bác bỏ",)`` or empty · ``phones`` · ``links`` canonical URLs.
    """

    documents: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    money: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    quantifier: tuple[str, ...] = ()
    negation: tuple[str, ...] = ()
    polarity: tuple[str, ...] = ()
    rebuttal: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    def get(self, slot: str) -> tuple[str, ...]:
        """Return the values of a slot by its machine name; KeyError if there is none."""
        if slot not in SLOT_NAMES:
            raise KeyError(slot)
        values: tuple[str, ...] = getattr(self, slot)
        return values

    def to_json(self) -> str:
        """Return a JSON object of the non-empty slots, names to lists of strings."""
        filled = {name: list(self.get(name)) for name in SLOT_NAMES if self.get(name)}
        return json.dumps(filled, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Slots":
        """Read what ``to_json`` wrote; unknown names are ignored. ValueError if malformed."""
        data = json.loads(text)
        if not isinstance(data, dict):
            raise ValueError("slots are a JSON object")
        known = {n: tuple(sorted(map(str, v))) for n, v in data.items() if n in SLOT_NAMES}
        return cls(**known)


SLOT_NAMES: tuple[str, ...] = tuple(field.name for field in fields(Slots))
