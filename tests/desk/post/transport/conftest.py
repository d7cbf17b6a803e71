"""A post office on loopback, and certificates of our own."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from zgoda_desk.demo.post_office import PostOffice
from zgoda_desk.post.transport.settings import ImapSettings, Security, SmtpSettings

HELP = "help@polana.example"


def imap_to(office: PostOffice, secret: str = "secret", security: Security = "none", **more: str) -> ImapSettings:
    return ImapSettings(host="127.0.0.1", port=office.imap_port, security=security, user=HELP, secret=secret, **more)


def smtp_to(office: PostOffice, secret: str = "secret", security: Security = "none", **more: str) -> SmtpSettings:
    return SmtpSettings(host="127.0.0.1", port=office.smtp_port, security=security, user=HELP, secret=secret, **more)


@pytest.fixture
def office() -> Iterator[PostOffice]:
    with PostOffice({HELP: "secret", "łąka@polana.example": "żółć"}, tokens={HELP: "token"}) as opened:
        yield opened


def make_certificate(folder: Path, address: str = "127.0.0.1", days: int = 1) -> Path:
    """A self-signed certificate and its key in one file; negative days make it expired."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "post.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=9))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{address}.{days}.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return path


def server_context(path: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


def trusting(path: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(path))
