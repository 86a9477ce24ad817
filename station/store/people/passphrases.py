"""Whether a passphrase is somebody's: Argon2id (RFC 9106), as PHC strings."""

from __future__ import annotations

import unicodedata

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from station.errors import StoreError

LEAST = 8
"""Characters of a passphrase, as in `keys/passphrase_slot.py`."""
MOST = 200
_EASY = frozenset({"12345678", "123456789", "1234567890", "password", "matkhau1", "matkhau123", "11111111", "88888888"})


class Passphrases:
    """Makes and checks verifiers; the default is RFC 9106's choice for little memory (about 0.2 s)."""

    def __init__(self, time: int = 3, memory_kib: int = 64 * 1024, lanes: int = 4) -> None:
        self._hasher = PasswordHasher(time, memory_kib, lanes, type=Type.ID)

    def verifier(self, passphrase: str, person_id: str) -> str:
        """A new verifier. Raises `StoreError`: `keys.passphrase_short`, `people.passphrase_easy`."""
        if not LEAST <= len(passphrase) <= MOST:
            raise StoreError("keys.passphrase_short", least=LEAST)
        if passphrase.casefold() in _EASY | {person_id} or len(set(passphrase)) < 3:
            raise StoreError("people.passphrase_easy")
        return self._hasher.hash(_secret(passphrase))

    def is_right(self, verifier: str, passphrase: str) -> bool:
        """Takes its time in both cases."""
        try:
            return self._hasher.verify(verifier, _secret(passphrase[:MOST]))
        except (VerificationError, InvalidHashError):
            return False


def _secret(passphrase: str) -> bytes:
    # NFC: keyboards and systems differ in how they compose «ế», the person typed the same.
    return unicodedata.normalize("NFC", passphrase).encode()
