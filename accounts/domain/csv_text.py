"""The text of a CSV file as Excel writes it: encodings, delimiters, and letters it has ruined."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

MAX_BYTES = 5 * 1024 * 1024
DELIMITERS = ",;\t"
_HEADER_LINES = 10  # a sheet may begin with titles: the delimiter is looked for in so many lines
_SEPARATOR_LINE = re.compile(r'\s*"?sep=(.)"?[ \t]*(?:\r\n|\r|\n|$)', re.IGNORECASE)
# "Tr??ng", "L? L?i": Excel's plain CSV writes a question mark for a letter it has not.
_LOST = re.compile(r"\w\?|\?\w|\?\?|\ufffd")
# What the letters of the fonts TCVN3 and VNI look like when read as Unicode, and UTF-8 read as
# Latin-1. None is a Vietnamese letter; a foreign name may have one, a ruined one has several.
_OLD_FONT = re.compile("[\xa1-\xbf\xc4-\xc7\xcb\xce-\xcf\xd1\xd6-\xd8\xdb-\xdc\xde-\xdf"
                       "\xe4-\xe7\xeb\xee-\xef\xf1\xf6-\xf8\xfb-\xfc\xfe-\xff]")  # fmt: skip
_SOFT_HYPHEN = "\xad"  # the letter ư of TCVN3


class UnreadableText(Exception):
    """A file that is no text, with its line (0: the whole file) and what to do."""

    def __init__(self, line_number: int, message: str) -> None:
        super().__init__(message)
        self.line_number = line_number


@dataclass(frozen=True)
class SheetText:
    """The decoded text in NFC. ``skipped_lines``: before it, of Excel's own ``sep=;``."""

    text: str
    delimiter: str
    skipped_lines: int


def decode(data: bytes) -> SheetText:
    """Read UTF-8 and UTF-16.

    Raises:
        UnreadableText: too large, no text, or another encoding.
    """
    if len(data) > MAX_BYTES:
        message = _("The file is larger than 5 MB: split it into smaller files.")
        raise UnreadableText(0, message)
    text = unicodedata.normalize("NFC", _decoded(data))
    separator = _SEPARATOR_LINE.match(text)
    if separator:
        return SheetText(text[separator.end() :], separator[1], 1)
    return SheetText(text, _delimiter(text), 0)


def _decoded(data: bytes) -> str:
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line_number = data[: error.start].count(b"\n") + 1
        message = _("This is not UTF-8 text: in Excel, save the file as “CSV UTF-8”.")
        raise UnreadableText(line_number, message) from error
    if "\0" in text:
        message = _("This is not a text file: in Excel, save it as “CSV UTF-8”.")
        raise UnreadableText(0, message)
    return text


def _delimiter(text: str) -> str:
    head = "\n".join(text.lstrip("\r\n ").splitlines()[:_HEADER_LINES])
    return max(DELIMITERS, key=head.count)


def records(sheet: SheetText) -> Iterator[tuple[int, list[str]]]:
    """(First line, stripped cells) of every record that is not blank.

    Raises:
        UnreadableText: a quotation mark is not closed.
    """
    reader = csv.reader(io.StringIO(sheet.text, newline=""), delimiter=sheet.delimiter, strict=True)
    line_number = 1 + sheet.skipped_lines
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line_number, [cell.strip() for cell in cells]
            line_number = reader.line_num + 1 + sheet.skipped_lines
    except csv.Error as error:
        message = _("A quotation mark is not closed, or stands inside a cell: check it.")
        raise UnreadableText(line_number, message) from error


def ruined_letters(text: str) -> str:
    """What to do about a name with lost letters or those of an old font; "" if it has none."""
    if _LOST.search(text):
        return _("Letters were lost in “%(text)s” when Excel saved the file: open the original and "
                 "save it as “CSV UTF-8”.") % {"text": text}  # fmt: skip
    if _SOFT_HYPHEN in text or len(_OLD_FONT.findall(text)) > 1:
        return _("“%(text)s” is written with an old font (TCVN3, VNI) or read in a wrong encoding: "
                 "convert the file to Unicode first.") % {"text": text}  # fmt: skip
    return ""
