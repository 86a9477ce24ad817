"""Authorities and certificates of nobody, made for one test."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

HERE = x509.IPAddress(IPv4Address("127.0.0.1"))
ELSEWHERE = x509.DNSName("hub.tinh-khac.example")
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Authority:
    """A province's CA."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @classmethod
    def made(cls, name: str = "MẪU – SPECIMEN CA") -> Authority:
        key = ec.generate_private_key(ec.SECP256R1())
        return cls(key, _signed(_named(name), _named(name), key, key, now() - _DAY, now() + _DAY, None))

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def server(
        self,
        folder: Path,
        name: x509.GeneralName = HERE,
        begins: timedelta = -_DAY,
        ends: timedelta = _DAY,
    ) -> tuple[ssl.SSLContext, x509.Certificate]:
        """What a server shows, and the certificate in it. `begins` and `ends` count from now."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = _named("MẪU – SPECIMEN HUB")
        made = _signed(subject, self.certificate.subject, key, self.key, now() + begins, now() + ends, name)
        file = folder / f"{made.serial_number}.pem"
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        file.write_bytes(private + made.public_bytes(Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context, made


def now() -> datetime:
    return datetime.now(UTC)


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])


def _signed(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    signer: ec.EllipticCurvePrivateKey,
    begins: datetime,
    ends: datetime,
    server: x509.GeneralName | None,
) -> x509.Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=server is None, path_length=None), critical=True)
    )
    if server is not None:
        builder = builder.add_extension(x509.SubjectAlternativeName([server]), critical=False)
    return builder.sign(signer, hashes.SHA256())
