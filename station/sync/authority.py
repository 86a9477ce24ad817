"""Whom the station believes to be the hub: what the province's own authority (CA) signed, and nobody else.

The authorities that the machine trusts are never asked: there are some 140 of them, a browser's update may add one, and
so may an office proxy that opens what passes through it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import socket
import ssl
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from station.errors import HubError

MOST_BYTES = 256 << 10
_CODES = {
    9: "hub.certificate_too_new",
    10: "hub.certificate_expired",
    62: "hub.wrong_name",
    63: "hub.wrong_name",
    64: "hub.wrong_name",
}
"""OpenSSL's X509_V_ERR_* that have a remedy of their own; all others mean that another authority signed."""
_NO_TLS = re.compile("WRONG_VERSION_NUMBER|HTTP_REQUEST|UNKNOWN_PROTOCOL|RECORD_LAYER_FAILURE|PACKET_LENGTH")
_OLD_TLS = re.compile("UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION|NO_PROTOCOLS|INAPPROPRIATE_FALLBACK|VERSION_TOO_LOW")


class WrongPinError(ssl.SSLError):
    """The certificate is the authority's, and its key is not the one that was pinned."""


def read_authority(file: Path, pins: str = "") -> ssl.SSLContext:
    """How the hub's certificate is judged: by the authority in this PEM file, and by pins where any are set.

    `pins` are SHA-256 hashes of public keys (SPKI, base64), apart by spaces; one of them has to be the hub's. Raises
    `HubError`: `hub.no_authority` without the file, `hub.bad_authority`, `hub.bad_pin`.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise HubError("hub.no_authority", file=file.name) from error
    return trust_in(content, pins, file.name)


def trust_in(pem: bytes, pins: str = "", name: str = "") -> ssl.SSLContext:
    """The same of a PEM text that was read already. Raises `hub.bad_authority` and `hub.bad_pin`."""
    try:
        certificates = x509.load_pem_x509_certificates(pem) if len(pem) <= MOST_BYTES else []
        if not certificates or not all(_may_sign(one) for one in certificates):
            raise HubError("hub.bad_authority", file=name)
        context = _PinnedContext(ssl.PROTOCOL_TLS_CLIENT)  # asks for a certificate, and checks the name in it
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.pins = _pins(pins)
        context.load_verify_locations(cadata="".join(one.public_bytes(Encoding.PEM).decode() for one in certificates))
    except (ValueError, ssl.SSLError) as error:
        raise HubError("hub.bad_authority", file=name) from error
    return context


def code_of(error: BaseException | None, *, through_proxy: bool) -> str | None:
    """Which `hub.*` code a failed handshake is; None where the error is no handshake's."""
    while error is not None:
        if isinstance(error, WrongPinError):
            return "hub.wrong_pin"
        if isinstance(error, ssl.SSLCertVerificationError):
            return _CODES.get(error.verify_code, "hub.intercepted" if through_proxy else "hub.not_trusted")
        if isinstance(error, ssl.SSLError):
            told = f"{error.reason or ''} {error}".upper().replace(" ", "_")
            if _OLD_TLS.search(told):
                return "hub.old_tls"
            if _NO_TLS.search(told):
                return "hub.not_tls"
        error = error.__cause__ or error.__context__
    return None


def pin_of(certificate: bytes) -> str:
    """The pin of a certificate (DER): base64 of the SHA-256 of its public key."""
    key = x509.load_der_x509_certificate(certificate).public_key()
    spki = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(hashlib.sha256(spki).digest()).decode()


class _PinnedObject(ssl.SSLObject):
    """TLS within TLS: through a proxy to which the line is encrypted as well."""

    def do_handshake(self) -> None:
        super().do_handshake()
        _must_be_pinned(self, self.context)


class _ResumedSocket(ssl.SSLSocket):
    """Leaves with its context what the next connection to the same name can begin with."""

    def close(self) -> None:
        context, session = self.context, self.session if self.version() else None  # no version before the handshake
        if session is not None and session.has_ticket and isinstance(context, _PinnedContext):
            context.sessions[self.server_hostname or ""] = session
        super().close()


class _PinnedContext(ssl.SSLContext):
    """Looks at the pin right after the handshake: nothing, and least of all the token, has been said by then.

    Connections to one name resume the session of the last: the hub's certificates, some kilobytes, go over a line that
    breaks every few seconds only once.
    """

    pins: Sequence[str] = ()
    sslobject_class = _PinnedObject
    sslsocket_class = _ResumedSocket

    def __init__(self, *_arguments: object) -> None:
        self.sessions: dict[str, ssl.SSLSession] = {}

    def wrap_socket(self, sock: socket.socket, *arguments: Any, **options: Any) -> ssl.SSLSocket:
        options.setdefault("session", self.sessions.get(options.get("server_hostname") or ""))
        wrapped = super().wrap_socket(sock, *arguments, **options)
        try:
            _must_be_pinned(wrapped, self)
        except (WrongPinError, OSError):  # OSError: it was cut before it could shake hands
            wrapped.close()
            raise
        return wrapped


def _must_be_pinned(line: ssl.SSLSocket | ssl.SSLObject, context: ssl.SSLContext) -> None:
    pins = context.pins if isinstance(context, _PinnedContext) else ()
    certificate = line.getpeercert(binary_form=True)
    found = pin_of(certificate) if certificate else ""
    if pins and not any(hmac.compare_digest(found, pin) for pin in pins):
        raise WrongPinError("the hub's key is not the pinned one")


def _may_sign(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, x509.DuplicateExtension, ValueError):
        return False


def _pins(text: str) -> tuple[str, ...]:
    for pin in text.split():
        try:
            if len(base64.b64decode(pin, validate=True)) != hashlib.sha256().digest_size:
                raise HubError("hub.bad_pin")
        except binascii.Error as error:
            raise HubError("hub.bad_pin") from error
    return tuple(text.split())
