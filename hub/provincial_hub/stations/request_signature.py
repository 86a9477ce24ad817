"""Signed requests: which text a station signs, and whether a signature is its own. No files, SQL or network."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

HEADER = "Station-Signature"
UNREAD = "-"
"""Stands for what was not signed: no offset, or the bytes of a page, which its name in the path vouches for."""
_HEADER = re.compile(r"TSQ1\|([^|]{1,40})\|([A-Za-z0-9_-]{86})")


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """What the signature covers beside the body. `target` is path and query as they stand in the request line.

    `token` is what the request says who speaks: a signature that was copied goes with no other.
    """

    token: str
    method: str
    target: str
    upload_offset: str | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature as it came; when it was made is the station's word, recorded and never judged."""

    created: str
    at: datetime
    raw: bytes

    def covers(self, facts: RequestFacts, digest: str, key: bytes) -> bool:
        """`digest` is the hex SHA-256 of the body, or `UNREAD`."""
        return _signed_by(key, self.raw, signed_text(facts, self.created, digest))

    def proves_new_key(self, proof: str, station: str, new_key: str) -> bool:
        """Whoever made the request holds the private half of the key that they ask for, too."""
        try:
            key, raw = base64.b64decode(new_key, validate=True), _decoded(proof)
        except ValueError:
            return False
        return _signed_by(key, raw, f"TSK1|{station}|{new_key}|{self.created}".encode())


def read_signature(header: str) -> Signature | None:
    """The header taken apart; None where it is none, or its time none with an offset."""
    parts = _HEADER.fullmatch(header)
    if parts is None:
        return None
    try:
        at = datetime.fromisoformat(parts[1])
        raw = _decoded(parts[2])
    except ValueError:
        return None
    return Signature(parts[1], at, raw) if at.tzinfo is not None else None


def signed_text(facts: RequestFacts, created: str, digest: str) -> bytes:
    """The seven lines that are signed."""
    token = hashlib.sha256(facts.token.encode("utf-8", errors="surrogatepass")).hexdigest()
    lines = ("TSQ1", token, facts.method, facts.target, created, facts.upload_offset or UNREAD, digest)
    return "\n".join(lines).encode("utf-8")


def digest_of(body: bytes) -> str:
    """As it stands in the signed text."""
    return hashlib.sha256(body).hexdigest()


def _signed_by(key: bytes, signature: bytes, text: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True


def _decoded(text: str) -> bytes:
    """base64url without padding; raises `ValueError`."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("this is no base64url") from error
