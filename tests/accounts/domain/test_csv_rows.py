from datetime import date

import pytest
import time_machine

from accounts.domain import csv_rows
from accounts.domain.csv_rows import UnitRow, read
from accounts.enums import LinkKind

HEADER = "code,name,kind,short_name,aliases,administrative_parent,professional_parent,valid_from\n"


def messages(data: bytes) -> list[tuple[int, str]]:
    return [(error.line, error.message) for error in read(data).errors]


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_read_row_in_every_dialect(bom: bytes, delimiter: str, end: str) -> None:
    cells = ["TH-1", "Trường A", "primary", "TH A", '"Cũ; Xưa|Nôm"', "xa-1", "so", "01/09/2026"]
    header = HEADER.strip().replace(",", delimiter)
    data = bom + (header + end + delimiter.join(cells) + end).encode()
    sheet = read(data)
    assert sheet.errors == []
    assert sheet.rows == [
        UnitRow(
            line=2,
            code="th-1",
            name="Trường A",
            kind="primary",
            short_name="TH A",
            aliases=("Cũ", "Xưa", "Nôm"),
            parents={LinkKind.ADMINISTRATIVE: "xa-1", LinkKind.PROFESSIONAL: "so"},
            valid_from=date(2026, 9, 1),
        )
    ]


def test_read_columns_in_any_order_blank_lines_and_short_rows() -> None:
    data = "Kind,Name,Code\n\nprimary,Trường A,a\n,,\nprimary,Trường B,b\n".encode()
    sheet = read(data)
    assert sheet.errors == []
    assert [(row.line, row.code, row.parents) for row in sheet.rows] == [(3, "a", {}), (5, "b", {})]


@time_machine.travel("2026-11-20T18:00:00Z")
def test_read_empty_date_is_today_in_vietnam() -> None:
    assert read(b"code,name,kind\na,A,school\n").rows[0].valid_from == date(2026, 11, 21)


def test_read_decomposed_text_is_composed() -> None:
    import unicodedata

    name = unicodedata.normalize("NFD", "Trường Nắng Mai")
    assert read(f"code,name,kind\na,{name},school\n".encode()).rows[0].name == "Trường Nắng Mai"


def test_read_cell_with_line_break_keeps_line_numbers() -> None:
    data = b'code,name,kind\na,"A\nB",school\n!,C,school\n'
    assert [line for line, _text in messages(data)] == [4]


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"", 0, "empty"),
        (b"\n \n", 0, "empty"),
        ("code,name,kind\na,Trường,school\n".encode("utf-16"), 1, "UTF-8"),
        ("code,name,kind\na,b,school\nc,Trường,school\n".encode("cp1258", "replace"), 3, "UTF-8"),
        (b"code,name,kind\na,b\0,school\n", 0, "not a text file"),
        (b"code,name\na,b\n", 1, "missing: kind"),
        (b"code,name,kind,ten\na,b,school,x\n", 1, "Unknown column: ten"),
        (b"code,name,kind,code\na,b,school,x\n", 1, "named twice"),
        (b"code,name,kind\n,b,school\n", 2, "code"),
        (b"code,name,kind\na,,school\n", 2, "name"),
        (b"code,name,kind\na,b,\n", 2, "kind"),
        ("code,name,kind\ntrường,b,school\n".encode(), 2, "letters without accents"),
        (b"code,name,kind\n" + b"a" * 65 + b",b,school\n", 2, "longer than 64"),
        (b"code,name,kind\na," + b"b" * 201 + b",school\n", 2, "longer than 200"),
        (b"code,name,kind,aliases\na,b,school," + b"c" * 201 + b"\n", 2, "Another name"),
        (b"code,name,kind,valid_from\na,b,school,2026-02-30\n", 2, "2026-02-30"),
        (b"code,name,kind,valid_from\na,b,school,soon\n", 2, "not a date"),
        (b"code,name,kind,administrative_parent\na,b,school,A\n", 2, "its own parent"),
        (b"code,name,kind\na,b,school\nA,c,school\n", 3, "stands on line 2"),
        (b"code,name,kind\na,b,school,x\n", 2, "more cells"),
        (b'code,name,kind\na,"b,school\n', 2, "quotation mark"),
        (b'code,name,kind\na,"b"c,school\n', 2, "quotation mark"),
    ],
)
def test_read_wrong_file_names_line_and_remedy(data: bytes, line: int, words: str) -> None:
    errors = messages(data)
    assert [number for number, _text in errors] == [line]
    assert words in errors[0][1]


def test_read_file_above_the_limits_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_rows, "MAX_ROWS", 2)
    data = b"code,name,kind\n" + b"".join(b"c%d,n,school\n" % n for n in range(3))
    assert [line for line, _text in messages(data)] == [4]
    monkeypatch.setattr(csv_rows, "MAX_BYTES", 10)
    assert [line for line, _text in messages(data)] == [0]


def test_read_every_wrong_line_is_reported() -> None:
    data = b"code,name,kind\n,b,school\na,,school\nb,B,school\n"
    assert [line for line, _text in messages(data)] == [2, 3]
    assert [row.code for row in read(data).rows] == ["b"]
