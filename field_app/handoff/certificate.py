"""A certificate that this computer makes for itself, for one opening of the page."""

import secrets
import ssl
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Final

from field_app.handoff.errors import landing_errors

BEFORE: Final = timedelta(days=1)
AFTER: Final = timedelta(days=2)
"""How long it holds: clocks of phone and laptop may differ by a day and more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A certificate, its key under a password that is nowhere else, and its fingerprint."""

    pem: bytes
    """The certificate, then the encrypted key."""
    password: bytes
    fingerprint: str
    """SHA-256 of the certificate, 32 pairs of upper-case hex digits parted by colons."""


def make_certificate(host: str, now: datetime) -> Certificate:
    """Make a self-signed certificate for one address; takes some milliseconds.

    Args:
        host: The IPv4 address; stands in the certificate as the only name it is good for.
        now: The present.
    """
    from cryptography import x509  # noqa: PLC0415 - only who opens the page pays for loading it
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415 - as above
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - as above
    from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID  # noqa: PLC0415 - as above

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Field App")])
    builder = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - BEFORE)
        .not_valid_after(now + AFTER)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))]), critical=False
        )
    )
    certificate = builder.sign(key, hashes.SHA256())
    password = secrets.token_hex(32).encode("ascii")
    sealed = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(password),
    )
    return Certificate(
        pem=certificate.public_bytes(serialization.Encoding.PEM) + sealed,
        password=password,
        fingerprint=certificate.fingerprint(hashes.SHA256()).hex(":").upper(),
    )


def tls_context(certificate: Certificate, folder: Path) -> ssl.SSLContext:
    """Return how to speak TLS with a certificate.

    Args:
        certificate: The certificate.
        folder: Where it lies for a moment, its key encrypted: Python reads it from a file only.

    Raises:
        DiskFull: No room for it; StoreFailed for any other failure of the folder.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    with landing_errors(), tempfile.TemporaryDirectory(prefix="incoming-", dir=folder) as place:
        file = Path(place, "incoming-page.pem")
        file.write_bytes(certificate.pem)
        context.load_cert_chain(file, password=certificate.password)
    return context
