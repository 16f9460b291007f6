"""What a list of units would change, worked out with a number of queries that grows by batches
of lines, never by lines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain.csv_rows import RowError, UnitRow, UnitSheet
from accounts.enums import LinkKind
from accounts.models import Unit, UnitAlias, UnitKind, UnitLink, User
from accounts.permissions import Permission, units_for

CHUNK = 900  # SQLite of any age takes 999 parameters


@dataclass
class Plan:
    rows: list[UnitRow]
    errors: list[RowError]
    units: dict[str, Unit] = field(default_factory=dict)  # code → known or new unit
    new: list[Unit] = field(default_factory=list)
    changed: dict[str, bool] = field(default_factory=dict)  # codes of known units, in file order
    changed_units: list[Unit] = field(default_factory=list)  # those whose own row changes
    names: list[tuple[Unit, str, date | None]] = field(default_factory=list)
    open_lines: list[UnitLink] = field(default_factory=list)
    ends: dict[int, date | None] = field(default_factory=dict)  # line id → its end; None: delete
    lines: list[UnitLink] = field(default_factory=list)

    def refuse(self, row: UnitRow, message: str) -> None:
        self.errors.append(RowError(row.line, message))


def _chunks(values: Iterable[str]) -> Iterator[list[str]]:
    wanted = sorted(set(values))
    for start in range(0, len(wanted), CHUNK):
        yield wanted[start : start + CHUNK]


def make(sheet: UnitSheet, *, by: User | None) -> Plan:
    """Compare the file's lines with the database. Reads only."""
    plan = Plan(rows=sheet.rows, errors=list(sheet.errors))
    codes = {row.code for row in plan.rows}
    codes.update(code for row in plan.rows for code in row.parents.values())
    for chunk in _chunks(codes):
        found = Unit.objects.filter(code__in=chunk).select_related("kind")
        plan.units.update({unit.code: unit for unit in found})
    known = set(plan.units)
    scope = _scope(by)
    _plan_units(plan, known, scope)
    _plan_names(plan, known)
    _plan_links(plan, known, scope)
    if not plan.errors:
        _refuse_circles(plan)
    return plan


@dataclass(frozen=True)
class Scope:
    """Which known units the person may touch; None: all, and new ones without a parent."""

    unit_ids: set[int] | None

    def holds(self, unit: Unit) -> bool:
        return self.unit_ids is None or unit.pk in self.unit_ids


def _scope(by: User | None) -> Scope:
    if by is None or by.is_superuser:
        return Scope(None)
    return Scope(units_for(by, Permission.MANAGE_UNIT))


def _plan_units(plan: Plan, known: set[str], scope: Scope) -> None:
    kinds = {kind.code: kind for kind in UnitKind.objects.all()}
    for row in plan.rows:
        kind = kinds.get(row.kind)
        if kind is None:
            message = _("Unknown kind “%(kind)s”. Known kinds: %(known)s.")
            plan.refuse(row, message % {"kind": row.kind, "known": ", ".join(kinds)})
            continue
        if row.code not in known:
            unit = Unit(
                code=row.code,
                kind=kind,
                name=row.name,
                short_name=row.short_name,
                valid_from=row.valid_from,
            )
            plan.units[row.code] = unit
            plan.new.append(unit)
            continue
        unit = plan.units[row.code]
        if not scope.holds(unit):
            plan.refuse(row, _("You do not administer this unit: remove the line."))
            continue
        _plan_change(plan, unit, row, kind)


def _plan_change(plan: Plan, unit: Unit, row: UnitRow, kind: UnitKind) -> None:
    short_name = row.short_name or unit.short_name
    if (unit.name, unit.short_name, unit.kind_id) == (row.name, short_name, kind.pk):
        return
    if unit.name != row.name:
        plan.names.append((unit, unit.name, timezone.localdate()))
    unit.name, unit.short_name, unit.kind = row.name, short_name, kind
    plan.changed[row.code] = True
    plan.changed_units.append(unit)


def _plan_names(plan: Plan, known: set[str]) -> None:
    """Names the units do not have yet."""
    had: set[tuple[int, str]] = set()
    for chunk in _chunks(row.code for row in plan.rows if row.code in known):
        found = UnitAlias.objects.filter(unit__code__in=chunk, valid_to__isnull=True)
        had.update(found.values_list("unit_id", "name"))
    former = {(unit.code, name) for unit, name, _end in plan.names}
    for row in plan.rows:
        unit = plan.units.get(row.code)
        if unit is None:
            continue
        for name in dict.fromkeys([row.name, row.short_name, *row.aliases]):
            if name and (unit.pk, name) not in had and (row.code, name) not in former:
                plan.names.append((unit, name, None))
                if row.code in known:
                    plan.changed[row.code] = True


def _plan_links(plan: Plan, known: set[str], scope: Scope) -> None:
    now: dict[tuple[str, str], UnitLink] = {}
    for chunk in _chunks(row.code for row in plan.rows if row.code in known):
        found = UnitLink.objects.filter(child__code__in=chunk, valid_to__isnull=True)
        for line in found.select_related("child", "parent"):
            now[line.child.code, line.kind] = line
            plan.open_lines.append(line)
    new_codes = {unit.code for unit in plan.new}
    for row in plan.rows:
        if row.code not in plan.units:
            continue
        for kind, code in row.parents.items():
            if _parent_is_sound(plan, row, code, new_codes, scope):
                _plan_link(plan, row, kind, code, now.get((row.code, kind)))
        if row.code in new_codes and not row.parents and scope.unit_ids is not None:
            plan.refuse(row, _("Give the unit a parent that you administer."))


def _parent_is_sound(
    plan: Plan, row: UnitRow, code: str, new_codes: set[str], scope: Scope
) -> bool:
    parent = plan.units.get(code)
    if parent is None:
        message = _("No unit has the code “%(code)s”: add it to the file or correct the parent.")
        plan.refuse(row, message % {"code": code})
        return False
    if code not in new_codes and not scope.holds(parent):
        message = _("You do not administer “%(code)s”: choose a parent that you administer.")
        plan.refuse(row, message % {"code": code})
        return False
    return True


def _plan_link(plan: Plan, row: UnitRow, kind: LinkKind, code: str, now: UnitLink | None) -> None:
    """The new line, and the end of the one it follows."""
    if now is not None:
        if now.parent.code == code:
            return
        if now.valid_from > row.valid_from:
            message = _("The present parent began on %(date)s: choose a later “valid_from”.")
            plan.refuse(row, message % {"date": now.valid_from.isoformat()})
            return
        plan.ends[now.pk] = row.valid_from if now.valid_from < row.valid_from else None
    child, parent = plan.units[row.code], plan.units[code]
    plan.lines.append(UnitLink(parent=parent, child=child, kind=kind, valid_from=row.valid_from))
    if child.pk:
        plan.changed[row.code] = True


def _refuse_circles(plan: Plan) -> None:
    """Nobody stands above themselves once the file's lines hold."""
    held = UnitLink.objects.filter(Q(valid_to__isnull=True)).exclude(pk__in=list(plan.ends))
    above: dict[str, set[str]] = {}
    for child, parent in held.values_list("child__code", "parent__code"):
        above.setdefault(child, set()).add(parent)
    for line in plan.lines:
        above.setdefault(line.child.code, set()).add(line.parent.code)
    free: set[str] = set()  # everything above these was walked, without a circle
    for row in plan.rows:
        if row.code not in free and _meets_itself(row.code, above, free):
            plan.refuse(row, _("This unit would stand above itself: correct the parents' codes."))


def _meets_itself(code: str, above: dict[str, set[str]], free: set[str]) -> bool:
    seen: set[str] = set()
    waiting = list(above.get(code, ()))
    while waiting:
        current = waiting.pop()
        if current == code:
            return True
        if current not in seen and current not in free:
            seen.add(current)
            waiting.extend(above.get(current, ()))
    free.add(code)
    return False
