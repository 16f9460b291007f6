"""CSV imports for tests: rows below the usual header, imported at once."""

import io
from typing import Any

from accounts.domain.csv_import import ImportResult, import_csv
from accounts.models import Unit, UnitAlias, UnitLink, User
from audit.models import AuditEntry

HEADER = "code,name,kind,short_name,aliases,administrative_parent,professional_parent,valid_from"


def run(*lines: str, by: User | None = None, dry_run: bool = False, **kwargs: Any) -> ImportResult:
    data = "\n".join([HEADER, *lines]).encode()
    return import_csv(io.BytesIO(data), by=by, dry_run=dry_run, **kwargs)


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Unit, UnitAlias, UnitLink, AuditEntry))


def problems(result: ImportResult) -> list[tuple[int, str]]:
    return [(error.line, error.message) for error in result.errors]
