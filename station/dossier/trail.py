"""The chain of the audit trail (nhật ký) and its signed head, as contract/v1 says them: what anybody can check.

The head stands for every line before it. Whoever keeps heads outside the station, on paper or at the hub, sees by them
when a trail was cut off or written anew; whoever has the trail alone sees only that somebody without its key did.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from station.errors import InputError

MARK = "TSN1"
BEFORE_THE_FIRST = "0" * 64
SHORT = 20
"""Hex digits of a hash that are typed from paper: 80 bits, in groups of four."""
_HASH = re.compile(r"[0-9a-f]{64}")
_SEQ = re.compile(r"0|[1-9][0-9]{0,15}")
_SHORT = re.compile(rf"(0|[1-9][0-9]{{0,15}})[:\-]([0-9a-f]{{{SHORT}}})")


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is hashed: `at` and `detail` word for word."""

    seq: int
    deed: str
    by: str
    at: str
    dossier_id: str | None
    detail: str
    hash: str

    def follows(self, before: str) -> bool:
        """Whether the hash is that of this line after the line with the hash `before`."""
        return self.hash == line_hash(before, self.seq, self.deed, self.by, self.at, self.dossier_id, self.detail)


def line_hash(before: str, seq: int, deed: str, by: str, at: str, dossier_id: str | None, detail: str) -> str:
    """SHA-256 over the line and the hash of the one before."""
    # JSON keeps the parts apart: «ab», «c» and «a», «bc» are different lines.
    line = json.dumps([before, seq, deed, by, at, dossier_id, detail], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(line.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class SignedHead:
    """The newest line when it was signed: how many there were, and the hash that stands for all of them."""

    seq: int
    hash: str
    at: datetime
    public_key: bytes
    signature: bytes

    @classmethod
    def sign(cls, seq: int, digest: str, at: datetime, private: Ed25519PrivateKey) -> SignedHead:
        public = private.public_key().public_bytes_raw()
        return cls(seq, digest, at, public, private.sign(_said(seq, digest, at, public)))

    @classmethod
    def parse(cls, text: str) -> SignedHead:
        """From its text. Raises `InputError("trail.no_head")`; the signature is checked by `is_genuine`."""
        parts = text.strip().split("|")
        if len(parts) != 6 or parts[0] != MARK or not (_SEQ.fullmatch(parts[1]) and _HASH.fullmatch(parts[2])):
            raise InputError("trail.no_head")
        try:
            head = cls(int(parts[1]), parts[2], datetime.fromisoformat(parts[3]), _bytes(parts[4]), _bytes(parts[5]))
        except (ValueError, binascii.Error) as error:
            raise InputError("trail.no_head") from error
        if head.text != text.strip():  # another spelling of the time would not be what was signed
            raise InputError("trail.no_head")
        return head

    @property
    def key_id(self) -> str:
        """How the key is named: the start of its SHA-256."""
        return hashlib.sha256(self.public_key).hexdigest()[:16]

    @property
    def text(self) -> str:
        """For the hub and for a QR: `TSN1|seq|hash|at|public key|signature`."""
        return f"{_said(self.seq, self.hash, self.at, self.public_key).decode()}|{_text(self.signature)}"

    @property
    def short(self) -> str:
        """To be typed from paper: `1234:9f3a6c1b22d077e1ab12`, without a signature."""
        return f"{self.seq}:{self.hash[:SHORT]}"

    def is_genuine(self) -> bool:
        """Whether the key in it signed it; whose key that is, is another question."""
        try:
            public = Ed25519PublicKey.from_public_bytes(self.public_key)
            public.verify(self.signature, _said(self.seq, self.hash, self.at, self.public_key))
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class ShortHead:
    """A head as it was typed from paper."""

    seq: int
    start: str

    @classmethod
    def parse(cls, text: str) -> ShortHead:
        """Spaces do not matter. Raises `InputError("trail.no_head")`."""
        found = _SHORT.fullmatch("".join(text.lower().split()))
        if found is None:
            raise InputError("trail.no_head")
        return cls(int(found[1]), found[2])


def _said(seq: int, digest: str, at: datetime, public: bytes) -> bytes:
    return f"{MARK}|{seq}|{digest}|{at.isoformat(timespec='seconds')}|{_text(public)}".encode()


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode("ascii").rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
