"""Signed copies: valid, trusted, over the whole file, and in the name of the source."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from factcheck.domain.copies.reader import run
from factcheck.enums import CaseStatus, Provenance
from tests.factories import PDF, Cast, add_evidence, case_at, make_source
from tests.services import certificates

OFFICE = "Sở Giáo dục và Đào tạo Thanh Giang"


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("roots")
    certificates.issue(folder, OFFICE)
    return folder


@pytest.fixture(scope="module")
def signed(roots: Path) -> bytes:
    return certificates.sign(PDF, roots / "office.p12")


def _signer(data: bytes, folder: Path) -> str:
    return run("signature", [str(folder)], data)["signer"]


def test_signature_is_told_from_none_from_a_stranger_and_from_a_change(
    roots: Path, signed: bytes, tmp_path: Path
) -> None:
    assert _signer(signed, roots) == OFFICE
    assert _signer(PDF, roots) == ""
    assert _signer(signed, tmp_path) == ""  # nobody is trusted
    changed = signed.replace(b"/Type /Page", b"/Type /Pege", 1)
    assert _signer(changed if changed != signed else signed[:-900], roots) == ""
    assert _signer(signed + b"\n%%EOF\n1 0 obj\n<<>>\nendobj\n", roots) == ""
    assert _signer(b"%PDF-1.4 /ByteRange", roots) == ""


@pytest.mark.parametrize(
    ("signer", "provenance"),
    [(OFFICE, Provenance.SIGNED), ("Sở Y tế", Provenance.HANDED_IN), ("", Provenance.HANDED_IN)],
)
def test_signature_counts_in_the_name_of_the_source_alone(
    cast: Cast, settings: Any, roots: Path, signed: bytes, signer: str, provenance: str
) -> None:
    settings.EVIDENCE_TRUST_ROOTS = str(roots)
    upload = SimpleUploadedFile("a.pdf", signed, content_type="application/pdf")
    case = case_at(CaseStatus.CHECKING, cast)
    item = add_evidence(case, cast.checker, source=make_source(signer=signer), upload=upload)
    assert (item.provenance, item.signed_by) == (provenance, OFFICE)


def test_signature_counts_nowhere_without_trusted_roots(cast: Cast, signed: bytes) -> None:
    upload = SimpleUploadedFile("a.pdf", signed, content_type="application/pdf")
    case = case_at(CaseStatus.CHECKING, cast)
    item = add_evidence(case, cast.checker, source=make_source(signer=OFFICE), upload=upload)
    assert (item.provenance, item.signed_by) == (Provenance.HANDED_IN, "")
