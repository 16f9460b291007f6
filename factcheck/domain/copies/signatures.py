"""Digital signatures of a PDF: valid, over the whole file, by a certificate of a trusted root.

Nothing is fetched: certificates come from the file and from the folder of trusted roots, and
revocation lists only from the file itself.
"""

import io
from pathlib import Path
from typing import Any

from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext


def _roots(folder: str) -> list[x509.Certificate]:
    certificates = []
    for path in sorted(Path(folder).glob("*")):
        if path.suffix.lower() not in (".pem", ".crt", ".cer"):
            continue
        data = path.read_bytes()
        if not pem.detect(data):
            certificates.append(x509.Certificate.load(data))
            continue
        for _kind, _headers, der in pem.unarmor(data, multiple=True):
            certificates.append(x509.Certificate.load(der))
    return certificates


def _signer(status: PdfSignatureStatus) -> str:
    """The organisation on the certificate, or the name it is made out to."""
    subject = status.signing_cert.subject.native
    name = subject.get("organization_name") or subject.get("common_name") or ""
    return str(name[0] if isinstance(name, list) else name)


def check(data: bytes, folder: str) -> dict[str, Any]:
    """``{"signer": name}`` of the last signature that covers the whole file and is trusted; an
    empty name when there is none."""
    try:
        roots = _roots(folder)
        reader = PdfFileReader(io.BytesIO(data), strict=False)
        signatures = list(reader.embedded_regular_signatures)
    except Exception:  # damaged in one of many ways: not validly signed
        return {"signer": ""}
    for signature in reversed(signatures):
        status = _status(signature, roots)
        if status and status.bottom_line and status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
            return {"signer": _signer(status)}
    return {"signer": ""}


def _status(signature: EmbeddedPdfSignature, roots: list[Any]) -> PdfSignatureStatus | None:
    context = ValidationContext(trust_roots=roots, allow_fetching=False)
    try:
        return validate_pdf_signature(signature, context)
    except Exception:  # one that cannot be understood is none
        return None
