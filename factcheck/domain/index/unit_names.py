"""Names of this installation's units as matching reads them, cached between messages."""

from threading import Lock

from django.db import connection

from accounts.models import Unit, UnitAlias
from matching.details.gazetteer import Gazetteer, UnitName, UnitNameKind

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
_cached: tuple[_Stamp, Gazetteer] | None = None


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
            names.append(UnitName(name, kind, others, _SCHOOLS.get(code, "")))
    return names


def gazetteer() -> Gazetteer:
    """The units' names and aliases for ``matching.details.slot_extraction``; one query when none
    changed."""
    global _cached
    stamp = _stamp()
    with _lock:
        if _cached is None or _cached[0] != stamp:
            _cached = (stamp, Gazetteer.from_names(_names()))
        return _cached[1]
