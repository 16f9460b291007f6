"""Units that a text names, or points to without a name ("trường mình", "công văn …/SGDĐT")."""

import re
from dataclasses import dataclass
from threading import Lock

from accounts.models import Unit, UnitAlias
from factcheck.domain.index import unit_names
from factcheck.enums import ConcernKind
from matching.text.letters import fold
from matching.text.normalisation import is_unaccented, normalise

_SHORTEST_NAME = 2  # syllables: a one-syllable alias is in every text
_LONGEST_NAME = 16
MAX_UNITS = 20  # named by one text; a list of schools is about none of them
_SCHOOL_WORDS = (
    "trường", "mầm non", "mẫu giáo", "tiểu học và thcs", "tiểu học", "thcs và thpt", "thcs", "thpt",
    "trung học cơ sở", "trung học phổ thông",
)  # fmt: skip
_COMMUNE = "commune"
_OFFICES = frozenset({"ministry", "province_department", _COMMUNE, "cluster"})
# A commune's name is a place unless its authority stands before it.
_AUTHORITY = re.compile(
    r"(?:ubnd|uy ban nhan dan|uy ban|chinh quyen|lanh dao|can bo|chu tich)(?: nhan dan)?$"
)
_POINTING = (
    r"trường (?:ta|tôi|này|(?:của )?(?:con|cháu|em|bé|mình|chúng)(?: (?:tôi|mình|em|ta))?)",
    r"nhà trường", r"lớp (?:mình|em|bé|này|con|cháu)(?: (?:tôi|mình|em))?",
    r"(?:thầy |cô |thầy cô |bà |ông )?hiệu (?:trưởng|phó)", r"ban giám hiệu",
    r"(?:giáo viên|cô|thầy) chủ nhiệm", r"bếp ăn (?:bán trú|nhà trường|của trường)",
    r"hội (?:phụ huynh|cha mẹ học sinh) (?:lớp|trường)",
)  # fmt: skip
_POINTS = re.compile(rf"(?<!\S)(?:{'|'.join(_POINTING)})(?!\S)")
_POINTS_UNACCENTED = re.compile(fold(_POINTS.pattern))
_IN_CARE = re.compile(
    r"(?<!\S)(?:tai nạn|ngộ độc|đau bụng|nôn|ngất|bạo lực|đánh|ngã|bỏng|đuối nước|nhập viện|"
    r"cấp cứu|tử vong|chết|xâm hại|bắt nạt|co giật|dị ứng|cháy|sập)(?!\S)"
)
# The office in a document's number, and how a text writes the office itself.
_ISSUERS = {"sgddt": "province_department", "bgddt": "ministry"}
_DOCUMENT = re.compile(r"(?<!\S)[0-9]{1,5}/(?:[0-9]{4}/)?(?P<codes>[a-z][a-z0-9-]*)(?!\S)")
_OFFICE_NAMES = {
    "province_department": re.compile(r"(?<!\S)so giao duc(?: va dao tao)?(?!\S)"),
    "ministry": re.compile(r"(?<!\S)bo giao duc(?: va dao tao)?(?!\S)"),
}

_Names = dict[str, frozenset[int]]
_lock = Lock()
_cached: tuple[object, _Names, dict[int, str]] | None = None


@dataclass(frozen=True)
class UnitMention:
    """A unit that a text is about as far as words tell; ``points``: it is not named, the text
    points to the unit to which it was addressed."""

    unit_id: int
    concern: ConcernKind
    points: bool = False


def _written_names(name: str) -> set[str]:
    """How people write a unit's name: whole, and of a school also without "trường" or its level."""
    key = normalise(name)
    core = key
    for word in _SCHOOL_WORDS:
        core = core.removeprefix(word).strip()
    written = {key}
    if core and core != key:
        written |= {f"trường {core}", key.removeprefix("trường ")}
    return {fold(spelling) for spelling in written if len(spelling.split()) >= _SHORTEST_NAME}


def _names() -> tuple[_Names, dict[int, str]]:
    """Name → ids of the units that have it, and id → code of the unit's kind."""
    global _cached
    stamp = unit_names._stamp()
    with _lock:
        if _cached is None or _cached[0] != stamp:
            kinds = dict(Unit.objects.values_list("pk", "kind__code"))
            units_by_name: dict[str, set[int]] = {}
            for unit_id, name in UnitAlias.objects.values_list("unit_id", "name"):
                for spelling in _written_names(name):
                    units_by_name.setdefault(spelling, set()).add(unit_id)
            names = {name: frozenset(ids) for name, ids in units_by_name.items()}
            _cached = (stamp, names, kinds)
        return _cached[1], _cached[2]


def _near(unit: Unit) -> set[int]:
    """The unit, its parents, and all below those."""
    parents = unit.parent_links.filter(valid_to__isnull=True).values_list("parent_id", flat=True)
    return Unit.objects.subtree_ids({unit.pk, *parents})


def _named(key: str, unit: Unit) -> list[int]:
    """Units whose name is in the folded key, the longest name at each place; of several units of
    one name those near ``unit``."""
    names, kinds = _names()
    syllables = key.split()
    near: set[int] | None = None
    ids: dict[int, None] = {}
    place = 0
    while place < len(syllables):
        for length in range(min(_LONGEST_NAME, len(syllables) - place), _SHORTEST_NAME - 1, -1):
            having = names.get(" ".join(syllables[place : place + length]))
            if having is None:
                continue
            before = " ".join(syllables[max(0, place - 4) : place])
            if len(having) > 1:
                near = _near(unit) if near is None else near
                having = having & near
            ids |= {
                pk: None
                for pk in having
                if kinds[pk] != _COMMUNE or _AUTHORITY.search(before) or _is_authority(key, place)
            }
            place += length - 1
            break
        place += 1
    return list(ids)


def _is_authority(key: str, place: int) -> bool:
    """Whether the name itself begins with the commune's authority ("UBND xã …")."""
    return key.split()[place] in ("ubnd", "uy")


def _above(unit: Unit, kind: str) -> int | None:
    """The nearest unit of this kind at or above ``unit``."""
    distance = Unit.objects.ancestors(unit.pk)
    of_kind = Unit.objects.filter(pk__in=distance, kind__code=kind).values_list("pk", flat=True)
    return min(of_kind, key=lambda pk: distance[pk], default=None)


def _issuing_kinds(key: str) -> set[str]:
    codes = {code for m in _DOCUMENT.finditer(key) for code in m["codes"].split("-")}
    return {kind for code, kind in _ISSUERS.items() if code in codes}


def _offices(key: str, unit: Unit, named: dict[int, ConcernKind]) -> None:
    """Add the offices that a document's number or the text names without saying which: the nearest
    above ``unit``. An office named in full beside a number of its kind is the issuer."""
    _names_by, kinds = _names()
    issuing = _issuing_kinds(key)
    for kind, written in _OFFICE_NAMES.items():
        in_full = [pk for pk in named if kinds[pk] == kind]
        if kind in issuing:
            named.update(dict.fromkeys(in_full, ConcernKind.ISSUER))
        if in_full or not (kind in issuing or written.search(key)):
            continue
        office = _above(unit, kind)
        if office is not None:
            concern = ConcernKind.ISSUER if kind in issuing else ConcernKind.DECISION
            named[office] = concern


def _points(words: str, key: str) -> bool:
    """Whether the words point to "our school"; "trường còn" does only where it is unaccented."""
    if is_unaccented(words):
        return _POINTS_UNACCENTED.search(key) is not None
    return _POINTS.search(words) is not None


def mentions(text: str, unit: Unit, *, is_about: bool = False) -> list[UnitMention]:
    """The units a text names or points to, at most ``MAX_UNITS``; it was addressed to ``unit``.

    ``is_about``: its sender chose that another unit reads it, so it points to ``unit`` whatever
    its words.
    """
    words = normalise(text)
    if not words and not is_about:
        return []
    key, kinds = fold(words), _names()[1]
    harm = ConcernKind.CARE if _IN_CARE.search(words) else ConcernKind.CONDUCT
    named = {
        pk: ConcernKind.DECISION if kinds[pk] in _OFFICES else harm for pk in _named(key, unit)
    }
    has_school = any(kinds[pk] not in _OFFICES for pk in named)
    _offices(key, unit, named)
    result = [UnitMention(pk, concern) for pk, concern in named.items()]
    is_office = kinds.get(unit.pk) in _OFFICES
    if is_about and unit.pk not in named:
        concern = ConcernKind.DECISION if is_office else harm
        result.insert(0, UnitMention(unit.pk, concern, points=True))
    elif not has_school and not is_office and _points(words, key):
        result.append(UnitMention(unit.pk, harm, points=True))
    return result[:MAX_UNITS]
