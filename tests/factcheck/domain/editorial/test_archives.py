import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from factcheck.domain.editorial import archives
from factcheck.enums import CaseStatus
from factcheck.exceptions import ValidationError
from tests.factories import PDF, Cast, add_evidence, case_at


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PDF, "application/pdf"),
        (b"\xff\xd8\xff\xe0rest", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\nrest", "image/png"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><html></html>", "text/html"),
        ("Công văn".encode(), ""),
        (b"PK\x03\x04not a zip", ""),
        (b"\x00\x01\x02", ""),
        ("Công văn".encode("utf-16"), ""),
        (b"GIF89a\x00\x00", ""),
    ],
)
def test_media_type_of_a_copy_is_read_from_its_bytes(data: bytes, kind: str) -> None:
    assert archives.media_type_of(data, "application/x-anything") == kind


def test_copy_over_ten_megabytes_is_refused(settings: Any) -> None:
    settings.EVIDENCE_MAX_BYTES = 10
    upload = SimpleUploadedFile("a.txt", b"a" * 11)
    with pytest.raises(ValidationError):
        archives.read_upload(upload)


def test_docx_is_distinguished_from_other_zip_files(tmp_path: Path) -> None:
    names = (["[Content_Types].xml", "word/document.xml"], ["xl/workbook.xml"])
    kinds = []
    for index, inside in enumerate(names):
        with zipfile.ZipFile(tmp_path / f"{index}.zip", "w") as archive:
            for name in inside:
                archive.writestr(name, "x")
        kinds.append(archives.media_type_of((tmp_path / f"{index}.zip").read_bytes()))
    assert kinds == [archives.DOCX, ""]


def test_two_workers_do_not_fetch_one_page(cast: Cast, settings: Any) -> None:
    settings.EVIDENCE_FETCH = True
    case = case_at(CaseStatus.CHECKING, cast)
    item = add_evidence(case, cast.checker, upload=None, fetch=True)
    assert archives.claim(item.pk)
    assert not archives.claim(item.pk)
