"""Reading of archived copies, as a process of its own: what a person reads, and nothing hidden."""

import io
import zipfile

import docx
import pypdfium2
import pytest
from docx.shared import RGBColor

from factcheck.domain.copies import process
from factcheck.domain.copies.reader import DOCX, HTML, PDF, run
from factcheck.exceptions import ValidationError
from tests import factories

QUOTE = factories.QUOTE


def _words(data: bytes, kind: str) -> str:
    return run("text", [kind], data)["text"]


def test_pdf_gives_its_words_page_by_page() -> None:
    read = process.text(factories.PDF, PDF)
    assert QUOTE in " ".join(read.text.split("\f")[0].split())
    assert read.text.split("\f")[1].startswith("Phụ lục.")
    assert read.pages == 2


def test_page_picture_marks_the_quotation_that_is_seen() -> None:
    plain, marked = (process.page_picture(factories.PDF, 0, quote) for quote in ("", QUOTE))
    assert marked.png.startswith(b"\x89PNG")
    assert marked.png != plain.png
    assert marked.ink == 1
    assert process.page_picture(factories.PDF, 0, "", "kiem-tin").png != plain.png


def test_words_covered_on_the_page_are_not_seen() -> None:
    """As someone would hide them who makes a copy say what it does not show."""
    document = pypdfium2.PdfDocument(factories.PDF)
    page = document[0]
    white = pypdfium2.raw.FPDFPageObj_CreateNewRect(0, 0, *page.get_size())
    pypdfium2.raw.FPDFPageObj_SetFillColor(white, 255, 255, 255, 255)
    pypdfium2.raw.FPDFPath_SetDrawMode(white, 1, False)
    pypdfium2.raw.FPDFPage_InsertObject(page, white)
    page.gen_content()
    out = io.BytesIO()
    document.save(out)
    result = run("page", ["0", QUOTE, ""], out.getvalue())
    assert result["ink"] < 0.1


@pytest.mark.parametrize(
    ("data", "kind", "code"),
    [
        (b"%PDF-1.4", PDF, "damaged"),
        (factories.PDF[:4000], PDF, "damaged"),
        (b"<html><body><p hidden>x</p></body></html>", HTML, "empty"),
        (b"PK\x03\x04", DOCX, "damaged"),
        (b"x", "text/plain", "kind"),
    ],
)
def test_file_that_cannot_be_read_has_a_reason(data: bytes, kind: str, code: str) -> None:
    assert run("text", [kind], data) == {"error": code}


def test_unpacked_size_of_a_document_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    from factcheck.domain.copies import word_text

    monkeypatch.setattr(word_text, "UNPACKED_LIMIT", 1000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "x" * 5000)
    assert run("text", [DOCX], out.getvalue()) == {"error": "large"}


def test_process_that_takes_too_long_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "TIMEOUT_SECONDS", 0)
    with pytest.raises(ValidationError, match=r"\w+ \w+"):
        process.text(b"<html><body>a page nobody read</body></html>", HTML)


def test_process_that_crashes_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_PROGRAM", "no.such.module")
    with pytest.raises(ValidationError, match=r"\w+ \w+"):
        process.text(b"<html><body>another such page</body></html>", HTML)


def test_word_document_gives_what_is_seen() -> None:
    document = docx.Document()
    document.add_paragraph("Các trường dạy học bình thường.")
    paragraph = document.add_paragraph("Thấy. ")
    paragraph.add_run("Ẩn một. ").font.hidden = True
    white = paragraph.add_run("Ẩn hai.")
    white.font.color.rgb = RGBColor(255, 255, 255)
    document.add_table(1, 1).cell(0, 0).text = "Trong bảng."
    out = io.BytesIO()
    document.save(out)
    words = _words(out.getvalue(), DOCX)
    assert words.split("\n")[:2] == ["Các trường dạy học bình thường.", "Thấy. "]
    assert "Trong bảng." in words
    assert "Ẩn" not in words
