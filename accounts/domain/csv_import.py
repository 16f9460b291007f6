"""CSV import of units: compared with the database, then previewed or written as a whole."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.domain import csv_plan
from accounts.domain.csv_plan import Plan
from accounts.domain.csv_rows import RowError, read
from accounts.domain.csv_text import MAX_BYTES
from accounts.domain.name_keys import name_key
from accounts.models import Unit, UnitAlias, UnitLink, User
from audit.domain.log import NewEntry, record_all
from audit.enums import AuditEvent

BATCH = 500
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class ImportResult:
    """Counts of what was done or, in a dry run, would be done; ``rows`` counts the valid ones."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    links: int = 0
    errors: list[RowError] = field(default_factory=list)

    @property
    def unchanged(self) -> int:
        return self.rows - self.created - self.updated


def _no_progress(done: int, total: int) -> None:
    """For callers that show no progress."""


def import_csv(
    file: IO[bytes], *, by: User | None, dry_run: bool, progress: Progress | None = None
) -> ImportResult:
    """Create and change units from the file, or only report what would change.

    The columns are described in docs/ and ``csv_rows``. For an existing unit an empty cell changes
    nothing, and a new name keeps the old one as a former name. A parent may come later in the
    file. A person may change only units below those they administer.

    Args:
        by: None for someone at the server's terminal, who may do everything.
        progress: called with (rows written, rows to write).

    Returns:
        The result; if it has any error, nothing was written.
    """
    data = file.read(MAX_BYTES + 1)
    sheet = read(data)
    digest = hashlib.sha256(data).hexdigest()[:16]
    if dry_run:
        return _result(csv_plan.plan_import(sheet, by=by))
    try:
        with transaction.atomic():
            plan = csv_plan.plan_import(sheet, by=by)
            if not plan.errors:
                _write(plan, digest, by, progress or _no_progress)
    except IntegrityError:
        message = _("Units were changed at the same time; nothing was imported. Please try again.")
        return ImportResult(rows=len(sheet.rows), errors=[RowError(0, message)])
    return _result(plan)


def _result(plan: Plan) -> ImportResult:
    return ImportResult(
        rows=len(plan.rows),
        created=len(plan.new),
        updated=len(plan.changed),
        links=len(plan.links),
        errors=sorted(plan.errors, key=lambda error: error.line),
    )


def _write(plan: Plan, digest: str, by: User | None, progress: Progress) -> None:
    """Units first, then names and links, which need their ids; then the audit rows."""
    total = len(plan.new) + len(plan.links)
    progress(0, total)
    done = 0
    for start in range(0, len(plan.new), BATCH):
        created = Unit.objects.bulk_create(plan.new[start : start + BATCH])
        progress(done := done + len(created), total)
    if plan.changed_units:
        Unit.objects.bulk_update(
            plan.changed_units, ["name", "short_name", "kind"], batch_size=BATCH
        )
    _write_names(plan)
    _write_ends(plan)
    for start in range(0, len(plan.links), BATCH):
        created_links = UnitLink.objects.bulk_create(plan.links[start : start + BATCH])
        progress(done := done + len(created_links), total)
    decisions = [NewEntry(AuditEvent.UNIT_CREATED, unit, {"file": digest}) for unit in plan.new]
    decisions += [
        NewEntry(AuditEvent.UNIT_IMPORTED, plan.units[code], {"file": digest})
        for code in plan.changed
    ]
    record_all(decisions, by=by)


def _write_ends(plan: Plan) -> None:
    """End the links that new ones replace; one that would be valid for no day is deleted."""
    empty = [pk for pk, end in plan.ends.items() if end is None]
    for start in range(0, len(empty), BATCH):
        UnitLink.objects.filter(pk__in=empty[start : start + BATCH]).delete()
    ending = [link for link in plan.open_links if plan.ends.get(link.pk)]
    for link in ending:
        link.valid_to = plan.ends[link.pk]
    UnitLink.objects.bulk_update(ending, ["valid_to"], batch_size=BATCH)


def _write_names(plan: Plan) -> None:
    """An existing name stays; a former one gets its end date."""
    names = [
        UnitAlias(unit=unit, name=name, folded=name_key(name), valid_to=end)
        for unit, name, end in plan.names
    ]
    UnitAlias.objects.bulk_create(
        names,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["unit", "name"],
        update_fields=["valid_to"],
    )
