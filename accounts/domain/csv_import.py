"""Units from a CSV file: compared with what is there, shown or written, all or nothing."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.domain import csv_plan
from accounts.domain.csv_plan import Plan
from accounts.domain.csv_rows import MAX_BYTES, RowError, read
from accounts.domain.names import key
from accounts.models import Unit, UnitAlias, UnitLink, User
from audit.domain.log import Decision, record_all
from audit.enums import AuditEvent

BATCH = 500
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class ImportResult:
    """What was done or, in a dry run or with errors, what would be; ``rows`` are the sound ones."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    links: int = 0
    errors: list[RowError] = field(default_factory=list)

    @property
    def unchanged(self) -> int:
        return self.rows - self.created - self.updated


def _silent(done: int, total: int) -> None:
    """For callers who show no progress."""


def import_csv(
    file: IO[bytes], *, by: User | None, dry_run: bool, progress: Progress | None = None
) -> ImportResult:
    """Make and change units as the file says, or only say what would happen.

    Columns and what they mean: docs/ and ``csv_rows``. An empty cell of a known unit changes
    nothing, except that a new name turns the old one into a former name. Parents may stand later
    in the file. A person may touch only units below those they administer.

    Args:
        by: None for someone at the server's own terminal, who may do everything.
        progress: called with (steps done, steps in all).

    Returns:
        The result; with any error in it, nothing was written.
    """
    data = file.read(MAX_BYTES + 1)
    sheet = read(data)
    mark = hashlib.sha256(data).hexdigest()[:16]
    if dry_run:
        return _result(csv_plan.make(sheet, by=by))
    try:
        with transaction.atomic():
            plan = csv_plan.make(sheet, by=by)
            if not plan.errors:
                _write(plan, mark, by, progress or _silent)
    except IntegrityError:
        message = _("Units were changed at the same time; nothing was imported. Please try again.")
        return ImportResult(rows=len(sheet.rows), errors=[RowError(0, message)])
    return _result(plan)


def _result(plan: Plan) -> ImportResult:
    return ImportResult(
        rows=len(plan.rows),
        created=len(plan.new),
        updated=len(plan.changed),
        links=len(plan.lines),
        errors=sorted(plan.errors, key=lambda error: error.line),
    )


def _write(plan: Plan, mark: str, by: User | None, progress: Progress) -> None:
    """Units first, then names and lines, which need their ids; then the record."""
    total = len(plan.new) + len(plan.lines)
    progress(0, total)
    done = 0
    for start in range(0, len(plan.new), BATCH):
        made = Unit.objects.bulk_create(plan.new[start : start + BATCH])
        progress(done := done + len(made), total)
    if plan.changed_units:
        Unit.objects.bulk_update(
            plan.changed_units, ["name", "short_name", "kind"], batch_size=BATCH
        )
    _write_names(plan)
    _write_ends(plan)
    for start in range(0, len(plan.lines), BATCH):
        made_lines = UnitLink.objects.bulk_create(plan.lines[start : start + BATCH])
        progress(done := done + len(made_lines), total)
    decisions = [Decision(AuditEvent.UNIT_CREATED, unit, {"file": mark}) for unit in plan.new]
    decisions += [
        Decision(AuditEvent.UNIT_IMPORTED, plan.units[code], {"file": mark})
        for code in plan.changed
    ]
    record_all(decisions, by=by)


def _write_ends(plan: Plan) -> None:
    """The lines that new ones follow; one that would have held for no day at all goes."""
    void = [pk for pk, end in plan.ends.items() if end is None]
    for start in range(0, len(void), BATCH):
        UnitLink.objects.filter(pk__in=void[start : start + BATCH]).delete()
    ending = [line for line in plan.open_lines if plan.ends.get(line.pk)]
    for line in ending:
        line.valid_to = plan.ends[line.pk]
    UnitLink.objects.bulk_update(ending, ["valid_to"], batch_size=BATCH)


def _write_names(plan: Plan) -> None:
    """A name that is there already is left alone; a former one gets its end."""
    names = [
        UnitAlias(unit=unit, name=name, folded=key(name), valid_to=end)
        for unit, name, end in plan.names
    ]
    UnitAlias.objects.bulk_create(
        names,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["unit", "name"],
        update_fields=["valid_to"],
    )
