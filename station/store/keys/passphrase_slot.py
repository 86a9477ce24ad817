"""The slot that a passphrase opens: argon2id makes the wrapping key, AES-256-GCM wraps the slot's private half."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag

from station.dossier.key_slot import PASSPHRASE
from station.errors import StoreError
from station.store.keys import slots, wrapping
from station.store.keys.derived import Hidden, Keys
from station.store.keys.slots import Slot

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


COST = Cost()


def seal(keys: Keys, passphrase: str, officer: str = "", cost: Cost | None = None) -> Slot:
    """A slot for `keys.json`; `officer` is empty for the passphrase of the station itself.

    Raises `StoreError("keys.passphrase_short")`.
    """
    if len(passphrase) < LEAST:
        raise StoreError("keys.passphrase_short", least=LEAST)
    cost = cost or COST
    salt = secrets.token_bytes(16)
    identity, recipient = slots.new_identity()
    slot: Slot = {
        "kind": PASSPHRASE,
        "officer": officer,
        "salt": salt.hex(),
        "time": cost.time,
        "memory_kib": cost.memory_kib,
        "parallelism": cost.parallelism,
        "recipient": recipient,
    }
    return slots.seal(wrapping.wrap(identity, _stretch(passphrase, salt, cost), slot), keys)


def unseal(slot: Slot, passphrase: str) -> Keys:
    """Raises `StoreError("keys.wrong_passphrase")`, or `("keys.damaged")` for a broken slot."""
    try:
        cost = Cost(slot["time"], slot["memory_kib"], slot["parallelism"])
        salt = bytes.fromhex(slot["salt"])
        sane = cost.sane
    except (KeyError, TypeError, ValueError) as error:
        raise StoreError("keys.damaged") from error
    if not sane:
        raise StoreError("keys.damaged")
    try:
        opened = wrapping.unwrap(slot, _stretch(passphrase, salt, cost))
    except InvalidTag as error:
        raise StoreError("keys.wrong_passphrase") from error
    if not slots.can_be_sealed_anew(slot):
        return slots.keys_of(opened)
    try:
        return slots.unseal(slot, opened)
    except StoreError as error:  # the passphrase is right, and what it should open is not whole
        raise StoreError("keys.damaged") from error


def _stretch(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    # NFC: keyboards and systems differ in how they compose «ế», the person typed the same.
    secret = Hidden(unicodedata.normalize("NFC", passphrase).encode())
    return Hidden(hash_secret_raw(secret, salt, cost.time, cost.memory_kib, cost.parallelism, 32, Type.ID))
