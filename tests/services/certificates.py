"""An authority, a certificate and signed letters, as an office would have them."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

PASSWORD = b"thu"


def _certificate(name: str, key: rsa.RSAPrivateKey, issuer: x509.Name, signing, *, ca: bool):
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, name),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
    now = datetime.now(UTC)
    usage = x509.KeyUsage(
        digital_signature=not ca, content_commitment=not ca, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=ca, crl_sign=ca,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=365))
        .not_valid_after(now + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(signing, hashes.SHA256())
    )


def issue(folder: Path, name: str) -> Path:
    """Write the authority's root to the folder; return the office's key file (PKCS #12)."""
    root_key, key = (rsa.generate_private_key(65537, 2048) for _ in range(2))
    root = _certificate("CA thử", root_key, None, root_key, ca=True)
    office = _certificate(name, key, root.subject, root_key, ca=False)
    folder.mkdir(exist_ok=True)
    (folder / "root.pem").write_bytes(root.public_bytes(serialization.Encoding.PEM))
    path = folder / "office.p12"
    encryption = serialization.BestAvailableEncryption(PASSWORD)
    path.write_bytes(
        serialization.pkcs12.serialize_key_and_certificates(b"k", key, office, [root], encryption)
    )
    return path


def sign(data: bytes, key_file: Path) -> bytes:
    """The PDF, signed by the office."""
    signer = signers.SimpleSigner.load_pkcs12(str(key_file), passphrase=PASSWORD)
    out = io.BytesIO()
    signers.sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(data)),
        signers.PdfSignatureMetadata(field_name="Signature1"),
        signer=signer,
        output=out,
    )
    return out.getvalue()
