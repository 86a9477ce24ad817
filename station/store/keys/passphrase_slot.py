"""The slot that a passphrase opens: argon2id makes the wrapping key, AES-256-GCM wraps the data key."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag

from station.errors import StoreError
from station.store.keys import wrapping

KIND = "passphrase"
LEAST = 8
"""Characters that a passphrase has at least."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs; the default is RFC 9106's choice for little memory (about 0.2 s)."""

    time: int = 3
    memory_kib: int = 64 * 1024
    parallelism: int = 4

    @property
    def sane(self) -> bool:
        """A key file is input: it must not make the station take all memory, nor weaken the next slot."""
        return 1 <= self.time <= 16 and 8 * 1024 <= self.memory_kib <= 1024 * 1024 and 1 <= self.parallelism <= 16


def seal(data_key: bytes, passphrase: str, cost: Cost = Cost()) -> dict[str, Any]:
    """A slot for `keys.json`; raises `StoreError("keys.passphrase_short")`."""
    if len(passphrase) < LEAST:
        raise StoreError("keys.passphrase_short", least=LEAST)
    salt = secrets.token_bytes(16)
    slot: dict[str, Any] = {
        "kind": KIND,
        "salt": salt.hex(),
        "time": cost.time,
        "memory_kib": cost.memory_kib,
        "parallelism": cost.parallelism,
    }
    return wrapping.wrap(data_key, _stretch(passphrase, salt, cost), slot)


def unseal(slot: dict[str, Any], passphrase: str) -> bytes:
    """The data key; raises `StoreError("keys.wrong_passphrase")`, or `("keys.damaged")` for a broken slot."""
    try:
        cost = Cost(slot["time"], slot["memory_kib"], slot["parallelism"])
        salt = bytes.fromhex(slot["salt"])
        sane = cost.sane
    except (KeyError, TypeError, ValueError) as error:
        raise StoreError("keys.damaged") from error
    if not sane:
        raise StoreError("keys.damaged")
    try:
        return wrapping.unwrap(slot, _stretch(passphrase, salt, cost))
    except InvalidTag as error:
        raise StoreError("keys.wrong_passphrase") from error


def _stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    # NFC: keyboards and systems differ in how they compose «ế», the person typed the same.
    secret = unicodedata.normalize("NFC", passphrase).encode()
    return hash_secret_raw(secret, salt, cost.time, cost.memory_kib, cost.parallelism, 32, Type.ID)
