from datetime import date

import pytest
import time_machine

from accounts.domain import csv_rows, csv_text
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
        ("code,name,kind\na,Trường,school\n".encode("utf-16")[:-1], 2, "UTF-8"),
        ("code,name,kind\na,b,school\nc,Trường,school\n".encode("cp1258", "replace"), 3, "UTF-8"),
        (b"code,name,kind\na,b\0,school\n", 0, "not a text file"),
        (b"code,name\na,b\n", 1, "missing: kind"),
        (b"code,name,kind,mau\na,b,school,x\n", 1, "Unknown column: mau"),
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
    monkeypatch.setattr(csv_text, "MAX_BYTES", 10)
    assert [line for line, _text in messages(data)] == [0]


def test_read_every_wrong_line_is_reported() -> None:
    data = b"code,name,kind\n,b,school\na,,school\nb,B,school\n"
    assert [line for line, _text in messages(data)] == [2, 3]
    assert [row.code for row in read(data).rows] == ["b"]


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\r\ncode;name;kind\r\nth-a;Trường A;school",
        "code;name;kind;;;\r\nth-a;Trường A;school;;;",
        "Mã đơn vị;Tên đơn vị;Loại\r\nth-a;Trường A;school",
        "STT;Mã trường;Tên trường;Cấp học;Ghi chú\r\n1;th-a;Trường A;school;mới",
        "code\tname\tkind\r\nth-a\tTrường A\tschool",
        "SỞ GD&ĐT THANH GIANG;;\r\nDANH SÁCH TRƯỜNG;;\r\n;;\r\nMã;Tên;Loại\r\nth-a;Trường A;school",
        '"sep=,"\n"code","name","kind"\n"th-a","Trường A","school"\n',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_read_everyday_sheets_of_excel(text: str, encoding: str) -> None:
    sheet = read(text.encode(encoding))
    assert sheet.errors == []
    assert [(row.code, row.name, row.kind) for row in sheet.rows] == [
        ("th-a", "Trường A", "school")
    ]


def test_lines_are_counted_from_the_top_of_the_file() -> None:
    data = "sep=;\nDANH SÁCH;;\nMã;Tên;Loại\nth-a;;school\n".encode()
    assert [line for line, _text in messages(data)] == [4]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Tr??ng Ti?u h?c Kim ??ng", "Letters were lost"),
        ("THCS L? L?i", "Letters were lost"),
        ("Tr\ufffdng A", "Letters were lost"),
        ("Tr\xadêng TiÓu häc Kim §ång", "TCVN3"),
        ("THCS Lª Lîi", "TCVN3"),
        ("Tröôøng Tieåu hoïc", "VNI"),
        ("TrÆ°á»\x9dng Tiá»ƒu há»\x8dc", "wrong encoding"),
    ],
)
def test_ruined_letters_are_refused_with_the_remedy(name: str, words: str) -> None:
    errors = messages(f"code;name;kind\r\nth-a;{name};school".encode())
    assert [line for line, _text in errors] == [2]
    assert words in errors[0][1]


@pytest.mark.parametrize(
    "name", ["Trường Quốc tế Zürich", "Lycée Alexandre Yersin", "Trường Tiểu học Ðồng Ý (cơ sở 2)",
             "TRƯỜNG THPT CHUYÊN LÊ QUÝ ĐÔN – ĐÀ NẴNG", "Trường “Hoa Sen”"]
)  # fmt: skip
def test_correct_names_are_taken(name: str) -> None:
    assert messages(f"code;name;kind\r\nth-a;{name};school".encode()) == []


def test_values_below_no_heading_are_refused() -> None:
    assert messages(b"code;name;kind;;\na;A;school;;x\n")[0][0] == 2
