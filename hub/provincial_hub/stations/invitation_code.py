"""The code that invites a station, and the file that stands in for the line (contract/v1/enrolment.md)."""

from __future__ import annotations

import hashlib
import os
import secrets

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from provincial_hub.receipts import canonical

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SECRET, FINGERPRINT = 16, 12
MARK = b"TSE1"
_AS_TYPED = str.maketrans("ILO", "110", " -")


def new_secret() -> str:
    """80 random bits."""
    return "".join(secrets.choice(CROCKFORD) for _ in range(SECRET))


def code_of(secret: str, hub_key: bytes) -> str:
    """The whole code, in groups of four as it is read out and typed."""
    whole = secret + fingerprint(hub_key)
    return "-".join(whole[at : at + 4] for at in range(0, len(whole), 4))


def secret_of(code: str) -> str | None:
    """The secret in a code as somebody typed it; None where it is no code at all."""
    letters = code.upper().translate(_AS_TYPED)
    right = len(letters) == SECRET + FINGERPRINT and set(letters) <= set(CROCKFORD)
    return letters[:SECRET] if right else None


def fingerprint(hub_key: bytes) -> str:
    """The first 60 bits of the key's SHA-256."""
    bits = int.from_bytes(hashlib.sha256(hub_key).digest()[:8], "big") >> 4
    return "".join(CROCKFORD[bits >> 5 * place & 31] for place in reversed(range(FINGERPRINT)))


def sealed_file(document: object, secret: str, nonce: bytes | None = None) -> bytes:
    """A signed enrolment that only the code's secret opens."""
    nonce = nonce or os.urandom(12)
    return MARK + nonce + AESGCM(_file_key(secret)).encrypt(nonce, canonical(document), MARK)


def _file_key(secret: str) -> bytes:
    info = b"digital-station/1/enrolment-file"
    return HKDF(SHA256(), length=32, salt=None, info=info).derive(secret.encode("ascii"))
