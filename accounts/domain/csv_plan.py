"""Plan of a CSV import: what the file would change, computed with a number of queries that grows
per batch of rows, never per row."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain.csv_rows import RowError, UnitRow, UnitSheet
from accounts.domain.kinds import kinds_by_name
from accounts.domain.name_keys import name_key
from accounts.enums import LinkKind
from accounts.models import Unit, UnitAlias, UnitKind, UnitLink, User
from accounts.permissions import Permission, units_for

CHUNK = 900  # SQLite of any age takes 999 parameters


@dataclass
class Plan:
    rows: list[UnitRow]
    errors: list[RowError]
    units: dict[str, Unit] = field(default_factory=dict)  # code → existing or new unit
    new: list[Unit] = field(default_factory=list)
    changed: dict[str, bool] = field(default_factory=dict)  # codes of existing units, in file order
    changed_units: list[Unit] = field(default_factory=list)  # those whose own row changes
    names: list[tuple[Unit, str, date | None]] = field(default_factory=list)
    open_links: list[UnitLink] = field(default_factory=list)
    ends: dict[int, date | None] = field(default_factory=dict)  # link id → its end; None: delete
    links: list[UnitLink] = field(default_factory=list)

    def refuse(self, row: UnitRow, message: str) -> None:
        self.errors.append(RowError(row.line, message))


def _chunks(values: Iterable[str]) -> Iterator[list[str]]:
    distinct = sorted(set(values))
    for start in range(0, len(distinct), CHUNK):
        yield distinct[start : start + CHUNK]


def plan_import(sheet: UnitSheet, *, by: User | None) -> Plan:
    """Compare the rows of the file with the database, without writing."""
    plan = Plan(rows=sheet.rows, errors=list(sheet.errors))
    codes = {row.code for row in plan.rows}
    codes.update(code for row in plan.rows for code in row.parents.values())
    for chunk in _chunks(codes):
        units = Unit.objects.filter(code__in=chunk).select_related("kind")
        plan.units.update({unit.code: unit for unit in units})
    existing = set(plan.units)
    scope = _scope(by)
    _plan_units(plan, existing, scope)
    _plan_names(plan, existing)
    _plan_links(plan, existing, scope)
    if not plan.errors:
        _refuse_cycles(plan)
    return plan


@dataclass(frozen=True)
class Scope:
    """Existing units the person may change; None: all, and new units without a parent."""

    unit_ids: set[int] | None

    def contains(self, unit: Unit) -> bool:
        return self.unit_ids is None or unit.pk in self.unit_ids


def _scope(by: User | None) -> Scope:
    if by is None or by.is_superuser:
        return Scope(None)
    return Scope(units_for(by, Permission.MANAGE_UNIT))


def _plan_units(plan: Plan, existing: set[str], scope: Scope) -> None:
    kinds = {kind.code: kind for kind in UnitKind.objects.all()}
    by_name = kinds_by_name(kinds.values())
    for row in plan.rows:
        kind = kinds.get(row.kind) or by_name.get(name_key(row.kind))
        if kind is None:
            message = _("Unknown kind “%(kind)s”. Known kinds: %(known)s.")
            plan.refuse(row, message % {"kind": row.kind, "known": ", ".join(kinds)})
            continue
        if row.code not in existing:
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
        if not scope.contains(unit):
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


def _plan_names(plan: Plan, existing: set[str]) -> None:
    """Add the names the units do not have yet."""
    current: set[tuple[int, str]] = set()
    for chunk in _chunks(row.code for row in plan.rows if row.code in existing):
        aliases = UnitAlias.objects.filter(unit__code__in=chunk, valid_to__isnull=True)
        current.update(aliases.values_list("unit_id", "name"))
    former = {(unit.code, name) for unit, name, _end in plan.names}
    for row in plan.rows:
        unit = plan.units.get(row.code)
        if unit is None:
            continue
        for name in dict.fromkeys([row.name, row.short_name, *row.aliases]):
            if name and (unit.pk, name) not in current and (row.code, name) not in former:
                plan.names.append((unit, name, None))
                if row.code in existing:
                    plan.changed[row.code] = True


def _plan_links(plan: Plan, existing: set[str], scope: Scope) -> None:
    current: dict[tuple[str, str], UnitLink] = {}
    for chunk in _chunks(row.code for row in plan.rows if row.code in existing):
        links = UnitLink.objects.filter(child__code__in=chunk, valid_to__isnull=True)
        for link in links.select_related("child", "parent"):
            current[link.child.code, link.kind] = link
            plan.open_links.append(link)
    new_codes = {unit.code for unit in plan.new}
    for row in plan.rows:
        if row.code not in plan.units:
            continue
        for kind, code in row.parents.items():
            if _check_parent(plan, row, code, new_codes, scope):
                _plan_link(plan, row, kind, code, current.get((row.code, kind)))
        if row.code in new_codes and not row.parents and scope.unit_ids is not None:
            plan.refuse(row, _("Give the unit a parent that you administer."))


def _check_parent(plan: Plan, row: UnitRow, code: str, new_codes: set[str], scope: Scope) -> bool:
    """Whether the row may name this parent; if not, the plan gets the error."""
    parent = plan.units.get(code)
    if parent is None:
        message = _("No unit has the code “%(code)s”: add it to the file or correct the parent.")
        plan.refuse(row, message % {"code": code})
        return False
    if code not in new_codes and not scope.contains(parent):
        message = _("You do not administer “%(code)s”: choose a parent that you administer.")
        plan.refuse(row, message % {"code": code})
        return False
    return True


def _plan_link(
    plan: Plan, row: UnitRow, kind: LinkKind, code: str, current: UnitLink | None
) -> None:
    """Add the new link, and the end of the current one of its kind."""
    if current is not None:
        if current.parent.code == code:
            return
        if current.valid_from > row.valid_from:
            message = _("The present parent began on %(date)s: choose a later “valid_from”.")
            plan.refuse(row, message % {"date": current.valid_from.isoformat()})
            return
        plan.ends[current.pk] = row.valid_from if current.valid_from < row.valid_from else None
    child, parent = plan.units[row.code], plan.units[code]
    plan.links.append(UnitLink(parent=parent, child=child, kind=kind, valid_from=row.valid_from))
    if child.pk:
        plan.changed[row.code] = True


def _refuse_cycles(plan: Plan) -> None:
    """Refuse rows whose unit would become its own ancestor."""
    open_links = UnitLink.objects.filter(Q(valid_to__isnull=True)).exclude(pk__in=list(plan.ends))
    parents: dict[str, set[str]] = {}
    for child, parent in open_links.values_list("child__code", "parent__code"):
        parents.setdefault(child, set()).add(parent)
    for link in plan.links:
        parents.setdefault(link.child.code, set()).add(link.parent.code)
    acyclic: set[str] = set()  # codes whose ancestors have been visited without meeting a cycle
    for row in plan.rows:
        if row.code not in acyclic and _is_own_ancestor(row.code, parents, acyclic):
            plan.refuse(row, _("This unit would stand above itself: correct the parents' codes."))


def _is_own_ancestor(code: str, parents: dict[str, set[str]], acyclic: set[str]) -> bool:
    seen: set[str] = set()
    waiting = list(parents.get(code, ()))
    while waiting:
        current = waiting.pop()
        if current == code:
            return True
        if current not in seen and current not in acyclic:
            seen.add(current)
            waiting.extend(parents.get(current, ()))
    acyclic.add(code)
    return False
