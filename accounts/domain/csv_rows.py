"""Rows of a CSV import: parsed and validated line by line, without the database."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import LinkKind

COLUMNS = (
    "code",
    "name",
    "kind",
    "short_name",
    "aliases",
    "administrative_parent",
    "professional_parent",
    "valid_from",
)
REQUIRED = ("code", "name", "kind")
PARENT_COLUMNS = {
    LinkKind.ADMINISTRATIVE: "administrative_parent",
    LinkKind.PROFESSIONAL: "professional_parent",
}
LENGTHS = {"code": 64, "name": 200, "short_name": 80}
MAX_ROWS = 20_000
MAX_BYTES = 5 * 1024 * 1024
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


def _decoded(data: bytes, sheet: UnitSheet) -> str:
    if len(data) > MAX_BYTES:
        sheet.refuse(0, _("The file is larger than 5 MB: split it into smaller files."))
        return ""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        sheet.refuse(line, _("This is not UTF-8 text: in Excel, save the file as “CSV UTF-8”."))
        return ""
    if "\0" in text:
        sheet.refuse(0, _("This is not a text file: in Excel, save it as “CSV UTF-8”."))
        return ""
    return unicodedata.normalize("NFC", text)


def _records(text: str, sheet: UnitSheet) -> Iterator[tuple[int, list[str]]]:
    """(first line, cells) of every record that is not blank."""
    first = text.lstrip().split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error:
        sheet.refuse(line, _("A quotation mark is not closed, or stands inside a cell: check it."))


def _header(cells: list[str], line: int, sheet: UnitSheet) -> list[str]:
    names = [cell.lower() for cell in cells]
    if missing := [name for name in REQUIRED if name not in names]:
        message = _("The first line must name the columns; missing: %(names)s.")
        sheet.refuse(line, message % {"names": ", ".join(missing)})
    if unknown := [name for name in names if name not in COLUMNS]:
        message = _("Unknown column: %(names)s. Known columns: %(known)s.")
        sheet.refuse(line, message % {"names": ", ".join(unknown), "known": ", ".join(COLUMNS)})
    if len(set(names)) < len(names):
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
    records = _records(_decoded(data, sheet), sheet)
    line, cells = next(records, (0, []))
    if not cells:
        if not sheet.errors:
            sheet.refuse(0, _("The file is empty."))
        return sheet
    names = _header(cells, line, sheet)
    if not sheet.errors:
        _read_rows(records, names, sheet)
    return sheet


def _read_rows(
    records: Iterator[tuple[int, list[str]]], names: list[str], sheet: UnitSheet
) -> None:
    seen: dict[str, int] = {}
    for line, cells in records:
        if len(seen) >= MAX_ROWS:
            sheet.refuse(line, _("The file has more than 20,000 units: split it."))
            return
        if len(cells) > len(names):
            sheet.refuse(line, _("There are more cells than columns: put quotes around a comma."))
            continue
        by_name = dict(zip(names, cells, strict=False))
        if not _check_cells(by_name, line, sheet):
            continue
        row = _row(by_name, line)
        if row.code in seen:
            message = _("The code “%(code)s” stands on line %(line)d already: keep one of them.")
            sheet.refuse(line, message % {"code": row.code, "line": seen[row.code]})
            continue
        seen[row.code] = line
        sheet.rows.append(row)
