"""The names of this installation's units as matching reads them, kept between messages."""

from threading import Lock

from django.db import connection

from accounts.models import Unit, UnitAlias
from matching.details.gazetteer import Gazetteer, UnitName, UnitNameKind

# Kinds of unit a message is about by name; offices are read from a table of their own.
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
_kept: tuple[_Stamp, Gazetteer] | None = None


def _stamp() -> _Stamp:
    """What changes when a unit or a name is added, renamed or removed: every name has an alias.

    Asked several times for each report, so as plain SQL: building the query took longer than it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STAMP)
        return tuple(cursor.fetchone())


def _names() -> list[UnitName]:
    """Every unit that bears, or bore, a name: last year's letter names a school closed since."""
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
    global _kept
    stamp = _stamp()
    with _lock:
        if _kept is None or _kept[0] != stamp:
            _kept = (stamp, Gazetteer.from_names(_names()))
        return _kept[1]
