"""The manifest of one generation: what belongs to it, as of when, signed by the station."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT = 1
_PREFIX = "digital-station/backup/1\n"
"""The key signs other texts as well: none of them can pass for a manifest."""
_WORDS = {"station": str, "at": str, "audit_hash": str, "key_id": str, "signature": str}
_COUNTS = ("generation", "schema", "audit_seq", "last_event", "page_files", "page_bytes")


class Signer(Protocol):
    """The station's own key, as its receipts are signed."""

    @property
    def station(self) -> str: ...

    @property
    def key_id(self) -> str: ...

    def sign(self, text: str) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Manifest:
    """`files` has the size and the SHA-256 of each other file of the generation, by name.

    `last_event` is the number of the station's newest event, `audit_seq` and `audit_hash` the head of its trail.
    """

    station: str
    generation: int
    at: datetime
    schema: int
    last_event: int
    audit_seq: int
    audit_hash: str
    page_files: int
    page_bytes: int
    files: dict[str, tuple[int, str]]
    key_id: str
    signature: str = ""

    @classmethod
    def parse(cls, content: bytes) -> Manifest | None:
        """What the file says; None where it is no manifest. Signature and files are the caller's to check."""
        try:
            told: Any = json.loads(content)
            if not isinstance(told, dict) or told.pop("format", None) != FORMAT:
                return None
            if any(type(told.get(name)) is not kind for name, kind in _WORDS.items()):
                return None
            if any(type(told.get(name)) is not int or told[name] < 0 for name in _COUNTS):
                return None
            files = {str(name): (int(size), str(sha256)) for name, (size, sha256) in told["files"].items()}
            at = datetime.fromisoformat(told["at"])
            return cls(**{**told, "files": files, "at": at}) if at.tzinfo is not None else None
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None

    def signed(self, signer: Signer) -> bytes:
        """The file's content."""
        signature = base64.b64encode(signer.sign(self._text())).decode()
        return json.dumps({**self._members(), "signature": signature}, indent=1, sort_keys=True).encode()

    def is_signed_by(self, public: bytes) -> bool:
        """`public` is a raw Ed25519 key."""
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(base64.b64decode(self.signature), self._text().encode())
        except (InvalidSignature, ValueError):
            return False
        return True

    def _text(self) -> str:
        return _PREFIX + json.dumps(self._members(), sort_keys=True, separators=(",", ":"))

    def _members(self) -> dict[str, Any]:
        members = {**asdict(self), "format": FORMAT, "at": self.at.isoformat()}
        members["files"] = {name: list(told) for name, told in self.files.items()}
        del members["signature"]
        return members


def digest(file: Path) -> tuple[int, str]:
    """Size and SHA-256 of a file that may be larger than memory; raises `OSError`."""
    with file.open("rb") as opened:
        sha256 = hashlib.file_digest(opened, "sha256").hexdigest()
    return file.stat().st_size, sha256
