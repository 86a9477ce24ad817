"""What the data key opens, and the secrets that lie inside the database that it opens."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SIZE = 32


class Hidden(bytes):
    """Key bytes that do not show themselves: not in a log, not in a traceback that prints its variables."""

    def __repr__(self) -> str:
        return "<hidden>"

    __str__ = __repr__


@dataclass(frozen=True, slots=True)
class Secrets:
    """32-byte secrets that outlive the data key: rows of the encrypted database (`secret_rows.py`).

    `pages` sealed the page files of the first format, `names` hides what a page file is called; `receipts` and
    `trail` are the seeds of Ed25519 keys.
    """

    pages: bytes = field(repr=False)
    names: bytes = field(repr=False)
    receipts: bytes = field(repr=False)
    trail: bytes = field(repr=False)

    @classmethod
    def derived_from(cls, data_key: bytes) -> Secrets:
        """What a station had before the secrets got rows of their own: HKDF-SHA-256, one label a use."""
        return cls(*(derive(data_key, use) for use in ("pages", "names", "receipts", "trail")))

    @classmethod
    def random(cls) -> Secrets:
        """Those of a new station: whoever learns the data key later learns nothing of them by it alone."""
        return cls(*(Hidden(secrets.token_bytes(SIZE)) for _ in range(4)))


@dataclass(frozen=True, slots=True)
class Keys:
    """The data key and the key of the database, 32 bytes each; never shown, never logged."""

    data: bytes = field(repr=False)
    database: bytes = field(repr=False)

    @classmethod
    def derived_from(cls, data_key: bytes) -> Keys:
        return cls(Hidden(data_key), derive(data_key, "database"))

    @classmethod
    def random(cls) -> Keys:
        return cls.derived_from(secrets.token_bytes(SIZE))


def derive(data_key: bytes, use: str) -> bytes:
    """32 bytes for one use, by HKDF-SHA-256 (RFC 5869)."""
    derived = HKDF(SHA256(), length=SIZE, salt=None, info=f"digital-station/1/{use}".encode()).derive(data_key)
    return Hidden(derived)
