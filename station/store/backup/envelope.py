"""The key of one generation: fresh for each, and given only to whoever may restore.

Where the station belongs to a province, only the province's recovery key opens it (age): neither the disk nor an
officer's passphrase is enough. A station that stands alone has no such key: there its own data key wraps it, which a
passphrase opens through the key slots (`keys.json`) that lie beside it.
"""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from station.errors import StoreError

FOR_PROVINCE, FOR_STATION, SLOTS = "key.age", "key.sealed", "keys.json"
_NONCE = 12
_BOUND = b"digital-station/backup/1/"


@dataclass(frozen=True, slots=True)
class BackupKey:
    """`database_key` is the one that the station's key slots lead to: under it the restored database will lie."""

    secret: bytes = field(repr=False)
    database_key: bytes = field(repr=False)

    @classmethod
    def fresh(cls, database_key: bytes) -> BackupKey:
        return cls(secrets.token_bytes(32), database_key)

    @property
    def database(self) -> bytes:
        """Under which the copy of the database lies."""
        return _derived(self.secret, "database")

    def seal(self, content: bytes, name: str) -> bytes:
        """One small file, bound to its name."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + AESGCM(_derived(self.secret, "files")).encrypt(nonce, content, _BOUND + name.encode())

    def unseal(self, sealed: bytes, name: str) -> bytes:
        """Raises `ValueError` for what was not sealed so."""
        try:
            cipher = AESGCM(_derived(self.secret, "files"))
            return cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], _BOUND + name.encode())
        except InvalidTag as error:
            raise ValueError("not sealed under this key") from error

    def for_province(self, recovery_keys: tuple[str, ...]) -> bytes:
        """The content of `key.age`; raises `StoreError("backup.bad_recovery_key")`."""
        try:
            recipients = [pyrage.x25519.Recipient.from_str(key) for key in recovery_keys]
        except pyrage.RecipientError as error:
            raise StoreError("backup.bad_recovery_key") from error
        said = {"secret": _text(self.secret), "database_key": _text(self.database_key)}
        return bytes(pyrage.encrypt(json.dumps(said).encode(), recipients))

    def for_station(self) -> bytes:
        """The content of `key.sealed`: wrapped under what the station's key slots lead to."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + AESGCM(_derived(self.database_key, "station")).encrypt(nonce, self.secret, _BOUND)


def open_for_province(content: bytes, identity: str) -> BackupKey:
    """`identity` is the private half, as `age-keygen` writes it.

    Raises `StoreError`: `backup.bad_identity`, `backup.other_identity`.
    """
    lines = [line.strip() for line in identity.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    try:
        identities = [pyrage.x25519.Identity.from_str(line) for line in lines]
        if not identities:
            raise StoreError("backup.bad_identity")
        told: Any = json.loads(pyrage.decrypt(content, identities))
        return BackupKey(_bytes(told["secret"]), _bytes(told["database_key"]))
    except pyrage.IdentityError as error:
        raise StoreError("backup.bad_identity") from error
    except (pyrage.DecryptError, ValueError, TypeError, KeyError) as error:
        raise StoreError("backup.other_identity") from error


def open_for_station(content: bytes, database_key: bytes) -> BackupKey:
    """With the key that the slots led to; raises `ValueError` where it is not the one."""
    try:
        secret = AESGCM(_derived(database_key, "station")).decrypt(content[:_NONCE], content[_NONCE:], _BOUND)
    except InvalidTag as error:
        raise ValueError("not wrapped under this key") from error
    return BackupKey(secret, database_key)


def _derived(key: bytes, use: str) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=_BOUND + use.encode()).derive(key)


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _bytes(text: str) -> bytes:
    value = base64.b64decode(text, validate=True)
    if len(value) != 32:
        raise ValueError("not a key")
    return value
