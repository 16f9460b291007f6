"""Names of this installation's units as matching reads them, cached between messages."""

from threading import Lock

from django.db import connection
from django.utils import timezone

from accounts.enums import LinkKind
from accounts.models import Unit, UnitAlias, UnitLink
from accounts.models.unit import valid_on
from matching.details.gazetteer import Gazetteer, UnitName, UnitNameKind, unit_value
from matching.details.pointing import ReportUnit, UnitKind

# Kinds of units that messages mention by name; offices come from ``subject_lexicons``.
_SCHOOLS = {
    "kindergarten": "Mầm non", "primary": "Tiểu học", "lower_secondary": "THCS",
    "upper_secondary": "THPT", "multi_level": "", "continuing_education": "", "school": "",
}  # fmt: skip
_PLACES = frozenset({"commune"})
_STAMP = (
    "SELECT COUNT(*), MAX(id), MAX(valid_to), SUM(LENGTH(folded))"  # noqa: S608 a name of ours
    f" FROM {UnitAlias._meta.db_table}"
)

_Stamp = tuple[object, ...]
_lock = Lock()
_cached: tuple[_Stamp, Gazetteer, dict[int, ReportUnit]] | None = None


def _stamp() -> _Stamp:
    """A value that changes when a unit or a name is added, renamed or removed: each has an alias.

    Read several times for each report, so as plain SQL: building the query took longer than it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STAMP)
        return tuple(cursor.fetchone())


def _names() -> list[UnitName]:
    """Every unit with its present and former names: an old letter may name a closed school."""
    aliases: dict[int, list[str]] = {}
    for unit_id, name in UnitAlias.objects.order_by("pk").values_list("unit_id", "name"):
        aliases.setdefault(unit_id, []).append(name)
    names: list[UnitName] = []
    rows = Unit.objects.order_by("pk").values_list("pk", "name", "short_name", "kind__code")
    for pk, name, short, code in rows:
        if code in _SCHOOLS or code in _PLACES:
            kind: UnitNameKind = "school" if code in _SCHOOLS else "place"
            others = (short, *aliases.get(pk, ())) if short else tuple(aliases.get(pk, ()))
            names.append(UnitName(name, kind, others, _SCHOOLS.get(code, ""), ident=pk))
    return names


def _kind(code: str) -> UnitKind:
    if code in _SCHOOLS:
        return "school"
    return "place" if code in _PLACES else "office"


def _report_units(own_names: dict[int, UnitName]) -> dict[int, ReportUnit]:
    """Every unit as words of a report point to it: with its place, and the topmost unit above."""
    links = UnitLink.objects.filter(valid_on(timezone.localdate())).order_by("pk")
    parents: dict[str, dict[int, int]] = {LinkKind.ADMINISTRATIVE: {}, LinkKind.PROFESSIONAL: {}}
    for child, parent, kind in links.values_list("child_id", "parent_id", "kind"):
        parents[kind][child] = parent
    above = parents[LinkKind.ADMINISTRATIVE] | parents[LinkKind.PROFESSIONAL]
    rows = list(Unit.objects.values_list("pk", "name", "kind__code"))
    names = {pk: name for pk, name, _code in rows}
    return {
        pk: ReportUnit(
            pk,
            _kind(code),
            ", ".join(filter(None, (name, names.get(parents[LinkKind.ADMINISTRATIVE].get(pk, 0))))),
            names[_topmost(pk, above)],
            unit_value(own_names[pk]) if pk in own_names else "",
        )
        for pk, name, code in rows
    }


def _topmost(unit: int, above: dict[int, int]) -> int:
    seen = {unit}
    while (parent := above.get(unit)) is not None and parent not in seen:
        seen.add(parent)
        unit = parent
    return unit


def _current() -> tuple[_Stamp, Gazetteer, dict[int, ReportUnit]]:
    """What is cached, made again when a unit or a name changed; one query when none did."""
    global _cached
    stamp = _stamp()
    with _lock:
        if _cached is None or _cached[0] != stamp:
            names = _names()
            units = _report_units({name.ident: name for name in names})
            _cached = (stamp, Gazetteer.from_names(names), units)
        return _cached


def gazetteer() -> Gazetteer:
    """The units' names and aliases for ``matching.details.slot_extraction``; one query when none
    changed."""
    return _current()[1]


def names_and_units() -> tuple[Gazetteer, dict[int, ReportUnit]]:
    """The names of all units, and each unit as the words of a report sent to it point to it; one
    query as well."""
    return _current()[1:]
