"""Rows of a CSV import: parsed and validated line by line, without the database."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.domain import csv_text
from accounts.domain.csv_headings import COLUMNS, REQUIRED, is_heading_row, named
from accounts.domain.csv_text import SheetText, UnreadableText, ruined_letters
from accounts.enums import LinkKind

PARENT_COLUMNS = {
    LinkKind.ADMINISTRATIVE: "administrative_parent",
    LinkKind.PROFESSIONAL: "professional_parent",
}
LENGTHS = {"code": 64, "name": 200, "short_name": 80}
MAX_ROWS = 20_000
TITLE_ROWS = 9  # above the headings
_CODE = re.compile(r"[a-z0-9_-]+")


@dataclass(frozen=True)
class RowError:
    """What is wrong on a line of the file (0: the whole file) and how to correct it."""

    line: int
    message: str


@dataclass(frozen=True)
class UnitRow:
    line: int
    code: str
    name: str
    kind: str
    short_name: str
    aliases: tuple[str, ...]
    parents: dict[LinkKind, str]  # kind of link → code of the parent
    valid_from: date


@dataclass
class UnitSheet:
    rows: list[UnitRow] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)

    def refuse(self, line: int, message: str) -> None:
        self.errors.append(RowError(line, message))


def _heading_row(
    records: Iterator[tuple[int, list[str]]],
) -> tuple[int, list[str]]:
    """The first row that names columns; titles may stand above it. The first row if none does."""
    rows = list(islice(records, TITLE_ROWS + 1))
    heading = next((row for row in rows if is_heading_row(row[1])), rows[0] if rows else (0, []))
    return heading


def _header(cells: list[str], line: int, sheet: UnitSheet) -> list[str]:
    names = named(cells)
    if missing := [name for name in REQUIRED if name not in names]:
        message = _("The first line must name the columns; missing: %(names)s.")
        sheet.refuse(line, message % {"names": ", ".join(missing)})
    if unknown := [name for name in names if name and name not in COLUMNS]:
        message = _("Unknown column: %(names)s. Known columns: %(known)s.")
        sheet.refuse(line, message % {"names": ", ".join(unknown), "known": ", ".join(COLUMNS)})
    used = [name for name in names if name in COLUMNS]
    if len(set(used)) < len(used):
        sheet.refuse(line, _("A column is named twice: remove one of them."))
    return names


def _date(text: str) -> date | None:
    """The date in 2026-09-01 or 01/09/2026, None for anything else, today for an empty cell."""
    if not text:
        return timezone.localdate()
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 -- a day has no zone
        except ValueError:
            continue
    return None


def _check_cells(cells: dict[str, str], line: int, sheet: UnitSheet) -> bool:
    """Whether the cells are valid; if not, the sheet gets the errors."""
    error_count = len(sheet.errors)
    for name in REQUIRED:
        if not cells.get(name):
            sheet.refuse(line, _("Fill in “%(name)s”.") % {"name": name})
    if cells.get("code") and not _CODE.fullmatch(cells["code"].lower()):
        message = _("The code “%(code)s” may hold only letters without accents, digits, - and _.")
        sheet.refuse(line, message % {"code": cells["code"]})
    for name, limit in LENGTHS.items():
        if len(cells.get(name, "")) > limit:
            message = _("“%(name)s” is longer than %(length)d characters: shorten it.")
            sheet.refuse(line, message % {"name": name, "length": limit})
    if any(len(alias) > LENGTHS["name"] for alias in _aliases(cells)):
        sheet.refuse(line, _("Another name is longer than 200 characters: shorten it."))
    if _date(cells.get("valid_from", "")) is None:
        message = _("“%(text)s” is not a date: write it like 2026-09-01 or 01/09/2026.")
        sheet.refuse(line, message % {"text": cells["valid_from"]})
    for name in ("name", "short_name", "aliases"):
        if message := ruined_letters(cells.get(name, "")):
            sheet.refuse(line, message)
    code = cells.get("code", "").lower()
    if code and code in (cells.get(name, "").lower() for name in PARENT_COLUMNS.values()):
        sheet.refuse(line, _("A unit cannot be its own parent: correct the parent's code."))
    return len(sheet.errors) == error_count


def _aliases(cells: dict[str, str]) -> tuple[str, ...]:
    names = (name.strip() for name in re.split(r"[;|]", cells.get("aliases", "")))
    return tuple(dict.fromkeys(name for name in names if name))


def _row(cells: dict[str, str], line: int) -> UnitRow:
    parents = {kind: cells.get(name, "").lower() for kind, name in PARENT_COLUMNS.items()}
    return UnitRow(
        line=line,
        code=cells["code"].lower(),
        name=cells["name"],
        kind=cells["kind"].lower(),
        short_name=cells.get("short_name", ""),
        aliases=_aliases(cells),
        parents={kind: code for kind, code in parents.items() if code},
        valid_from=_date(cells.get("valid_from", "")) or timezone.localdate(),
    )


def read(data: bytes) -> UnitSheet:
    """Parse the file: a row or an error for every line. Never raises for the content of a file."""
    sheet = UnitSheet()
    try:
        _read_sheet(csv_text.decode(data), sheet)
    except UnreadableText as error:
        sheet.refuse(error.line_number, str(error))
    return sheet


def _read_sheet(text: SheetText, sheet: UnitSheet) -> None:
    line, cells = _heading_row(csv_text.records(text))
    if not cells:
        sheet.refuse(0, _("The file is empty."))
        return
    names = _header(cells, line, sheet)
    if not sheet.errors:
        below = (row for row in csv_text.records(text) if row[0] > line)
        _read_rows(below, names, sheet)


def _read_rows(
    records: Iterator[tuple[int, list[str]]], names: list[str], sheet: UnitSheet
) -> None:
    seen: dict[str, int] = {}
    for line, cells in records:
        if len(seen) >= MAX_ROWS:
            sheet.refuse(line, _("The file has more than 20,000 units: split it."))
            return
        if any(cells[len(names) :]):
            sheet.refuse(line, _("There are more cells than columns: put quotes around a comma."))
            continue
        by_name = {name: cell for name, cell in zip(names, cells, strict=False) if name}
        if not _check_cells(by_name, line, sheet):
            continue
        row = _row(by_name, line)
        if row.code in seen:
            message = _("The code “%(code)s” stands on line %(line)d already: keep one of them.")
            sheet.refuse(line, message % {"code": row.code, "line": seen[row.code]})
            continue
        seen[row.code] = line
        sheet.rows.append(row)
