"""Words that point: what they mean depends on who sent the text and when.

*trường mình*, *cô hiệu trưởng*, *lớp 4A*, *xã mình* and names that several units share are filled
from the unit to which the report was sent, *mai* and *năm nay* from the day the text was seen. What
nothing fills stays unknown, and such a text is never joined without a person.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from matching.details.date_expressions import is_relative
from matching.details.gazetteer import Gazetteer
from matching.details.proper_names import Token, tokenise
from matching.details.slot_diff import Difference
from matching.details.slot_set import Slots
from matching.text.letters import fold
from matching.text.patterns import MarkedText, compile_pattern

_OWN = "mình|ta|tôi|tui|em|con|cháu|chúng (?:ta|tôi|mình|em)|nhà mình|nhà em|này"
_OWN_SCHOOL = compile_pattern(rf"(?:trường|lớp)(?: của)? (?:{_OWN}|bé nhà mình|bé)")
_SOME_SCHOOL = compile_pattern(
    r"nhà trường|(?:toàn|cả) trường|ban giám hiệu|hội phụ huynh|"
    r"(?:cô|thầy|bà|ông) (?:hiệu trưởng|hiệu phó|phó hiệu trưởng)|"
    r"(?:cô |thầy )?(?:giáo viên )?chủ nhiệm"
)
_CLASS = re.compile(r"lớp [0-9]{1,2}(?:[A-Z]|/)")
_OWN_PLACE = compile_pattern(
    rf"(?:xã|phường|thôn|ấp|khu phố|khu|xóm|tổ|làng|quận|huyện|thị trấn)(?: của)? (?:{_OWN})|"
    r"(?:chỗ|bên|khu vực|quê|gần nhà) (?:mình|em|tôi|tui|con)"
)
_SOME_PLACE = compile_pattern(r"(?:toàn|cả) (?:xã|phường|thị trấn|thôn)")
_OWN_PROVINCE = compile_pattern(rf"(?:tỉnh|thành phố|sở)(?: nhà| của)? (?:{_OWN})|tỉnh nhà")
_SOME_PROVINCE = compile_pattern(r"(?:toàn|cả) (?:tỉnh|thành phố)")

_DAYS = {
    "bữa nay": 0, "hồi nãy": 0, "hồi sáng": 0, "hồi chiều": 0, "lúc nãy": 0, "ban nãy": 0,
    "bữa qua": -1, "bữa trước": -1, "hôm kia": -2, "ngày mốt": 2, "bữa mốt": 2, "bữa mai": 1,
}  # fmt: skip
_DAY = compile_pattern("|".join(_DAYS))
_PERIOD = compile_pattern(
    r"(?P<what>năm học|năm|học kì|kì|hè|tuần|tết) "
    r"(?P<which>nay|này|sau|tới|trước|ngoái|vừa rồi|mới)"
)
_STEPS = {"sau": 1, "tới": 1, "mới": 1, "trước": -1, "ngoái": -1, "vừa rồi": -1, "vua roi": -1}
_STEPS |= {"toi": 1, "moi": 1, "truoc": -1, "ngoai": -1}
_SCHOOL_YEAR_STARTS = 7  # month
# Before these "mai" is a name; after "ngày", "sáng" … it is read as a date already.
_NAMES_BEFORE = (
    "hoa sao hoàng thanh tân ban cô chị bé bà bạn quỳnh tuyết trúc ngọc xuân phương thị trường "
    "thcs thpt học non xã phường thôn ấp đường phố cầu chợ quận ngày sáng chiều tối đêm trưa bữa "
    "hoang tan co chi be ba ban quynh tuyet truc ngoc xuan phuong thi truong hoc xa phuong duong "
    "ngay sang chieu toi dem trua bua"
)
_BEFORE_NAME = frozenset(_NAMES_BEFORE.split())
_AFTER_NAME = frozenset({"này", "mối", "một", "táng", "sau", "nay", "moi", "mot"})
_SENTENCE_START = frozenset(".!?:,\n-–")
_ANY_POINTER = re.compile(
    r"\b(?:mình|minh|ta|tôi|toi|tui|em|con|cháu|chau|này|nay|bé|be|nhà|nha|toàn|toan|cả|ca|giám|giam|"
    r"hội|hoi|hiệu|hieu|chủ|chu|mai|mốt|mot|bữa|bua|hồi|hoi|nãy|kia|năm|nam|kì|ki|hè|he|tuần|tuan|"
    r"tết|tet)\b"
)

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}$")
UnitKind = Literal["school", "place", "office"]
PointerSlot = Literal["schools", "places", "dates"]


@dataclass(frozen=True, slots=True)
class ReportUnit:
    """The unit to which a report was sent. ``ident``: the caller's key, as in ``UnitName``;
    ``label``: its name with its place; ``region``: the topmost unit above it; ``value``: its slot
    value (``gazetteer.unit_value``)."""

    ident: int
    kind: UnitKind
    label: str
    region: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Pointers:
    """The pointing words of one text: ``meanings`` (slot, value), and those that stay unknown."""

    meanings: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {"means": [list(pair) for pair in self.meanings], "unknown": list(self.unknown)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Pointers":
        return cls(tuple((slot, value) for slot, value in data["means"]), tuple(data["unknown"]))


@dataclass(frozen=True, slots=True)
class _Pointer:
    """``value``: what it means, ``""`` if nothing tells; ``tolerated``: it may stay unknown."""

    slot: PointerSlot
    words: str
    value: str = ""
    tolerated: bool = False


def _units(marked: MarkedText, slots: Slots, unit: ReportUnit | None) -> Iterator[_Pointer]:
    """Yield the words that point to a school, a place or a province."""
    school = unit.label if unit and unit.kind == "school" else ""
    place = unit.label if unit and unit.kind != "office" else ""
    region = (unit.region or unit.label) if unit else ""
    for match in _OWN_SCHOOL.find(marked):
        yield _Pointer("schools", match.group(), school)
    if not slots.schools:
        for match in _SOME_SCHOOL.find(marked):
            yield _Pointer("schools", match.group(), school)
        for level in slots.levels:
            if _CLASS.match(level):
                yield _Pointer("schools", level, school)
    for match in _OWN_PLACE.find(marked):
        yield _Pointer("places", match.group(), place)
    for match in _OWN_PROVINCE.find(marked):
        yield _Pointer("places", match.group(), region)
    if not slots.places:
        for match in _SOME_PLACE.find(marked):
            yield _Pointer("places", match.group(), place)
        for match in _SOME_PROVINCE.find(marked):
            yield _Pointer("places", match.group(), region, tolerated=True)


def _shared_names(
    words: list[Token], unaccented: bool, units: Gazetteer, unit: ReportUnit | None
) -> Iterator[_Pointer]:
    for mention in units.mentions(words, unaccented):
        if len(mention.units) > 1:
            name = " ".join(word.raw for word in words[mention.start : mention.end])
            own = unit is not None and unit.ident in mention.units
            slot: PointerSlot = "schools" if mention.kind == "school" else "places"
            yield _Pointer(slot, name, unit.label if unit and own else "")


def _period(what: str, which: str, seen_on: date) -> str:
    step = _STEPS.get(which, 0)
    if what in ("tuần", "tuan"):
        year, week, _ = (seen_on + timedelta(weeks=step)).isocalendar()
        return f"{year}-W{week:02d}"
    if what in ("năm", "nam"):
        return str(seen_on.year + step)
    first = seen_on.year - (seen_on.month < _SCHOOL_YEAR_STARTS) + step
    return f"{what} {first}–{first + 1}"


def _days(marked: MarkedText, words: list[Token], seen_on: date | None) -> Iterator[_Pointer]:
    """Yield the words that point to a day, a week or a year."""
    if _has_tomorrow(words):
        yield _Pointer("dates", "mai", _shifted(seen_on, 1))
    for match in _DAY.find(marked):
        days = next(step for day, step in _DAYS.items() if fold(day) == fold(match.group()))
        yield _Pointer("dates", match.group(), _shifted(seen_on, days))
    for match in _PERIOD.find(marked):
        value = _period(match["what"], match["which"], seen_on) if seen_on else ""
        yield _Pointer("dates", match.group(), value)


def _shifted(seen_on: date | None, days: int) -> str:
    return (seen_on + timedelta(days=days)).isoformat() if seen_on else ""


def _has_tomorrow(words: list[Token]) -> bool:
    for index, word in enumerate(words):
        if word.lower != "mai":
            continue
        before = words[index - 1] if index else None
        after = words[index + 1] if index + 1 < len(words) else None
        if (before and before.lower in _BEFORE_NAME) or (after and after.lower in _AFTER_NAME):
            continue
        starts = before is None or before.raw in _SENTENCE_START
        if not word.capitalised or (starts and not (after and after.capitalised)):
            return True
    return False


def find_pointers(
    text: str,
    marked: MarkedText,
    slots: Slots,
    seen_on: date | None,
    unit: ReportUnit | None,
    units: Gazetteer | None,
) -> Pointers:
    """Return the pointing words of a text. ``marked``: its match key with marks, as for slots."""
    if seen_on is not None and not 1900 <= seen_on.year <= 2999:
        seen_on = None
    shared = units is not None and units.shares_a_name
    pointers: list[_Pointer] = []
    if shared or _ANY_POINTER.search(marked.text):
        words = tokenise(text) if shared or "mai" in marked.text else []
        pointers += [*_units(marked, slots, unit), *_days(marked, words, seen_on)]
        if units is not None and shared:
            pointers += _shared_names(words, marked.unaccented, units, unit)
    unknown = {p.words for p in pointers if not p.value and not p.tolerated}
    unknown |= {value for value in slots.dates if any(map(is_relative, value.split("/")))}
    meanings = {(p.slot, p.value) for p in pointers if p.value}
    return Pointers(tuple(sorted(meanings)), tuple(sorted(unknown)))


def fill_slots(slots: Slots, pointers: Pointers, unit: ReportUnit | None) -> Slots:
    """Return the slots with the unit and the days that pointing words mean, where no other word
    names one."""
    filled: dict[str, tuple[str, ...]] = {}
    meant = {slot for slot, value in pointers.meanings if unit and value == unit.label}
    if unit and unit.value and unit.kind == "school" and "schools" in meant and not slots.schools:
        filled["schools"] = (unit.value,)
    if unit and unit.value and unit.kind == "place" and "places" in meant and not slots.places:
        filled["places"] = (unit.value,)
    days = {value for slot, value in pointers.meanings if slot == "dates" and _DATE.match(value)}
    if days and not slots.dates:
        filled["dates"] = tuple(sorted(days))
    return replace(slots, **filled) if filled else slots


def pointer_differences(left: Pointers, right: Pointers) -> list[Difference]:
    """Return the slots in which pointing words of two texts mean different units or days."""
    if not left.meanings or not right.meanings:
        return []
    result: list[Difference] = []
    for slot in ("dates", "places", "schools"):
        values = [
            tuple(value for name, value in pointers.meanings if name == slot)
            for pointers in (left, right)
        ]
        if values[0] and values[1] and values[0] != values[1]:
            result.append(Difference(slot, values[0], values[1], "conflict"))
    return result
