"""The key file of a store that is open, with the keys that opened it."""

from __future__ import annotations

from pathlib import Path

from station.dossier.hub_identity import AccessStanding
from station.dossier.key_slot import KEYRING, PASSPHRASE, RECOVERY, TPM, KeySlot
from station.errors import StoreError
from station.store.keys import KeyRing, Keys, rotation
from station.store.keys.hub_access import HubAccess
from station.store.people.register import People


class OwnKeys:
    """Raises `StoreError` with a `keys.*` code."""

    def __init__(self, file: Path, keys: Keys, people: People, access: HubAccess) -> None:
        self._file, self._keys, self._people, self._access = file, keys, people, access

    def slots(self) -> tuple[KeySlot, ...]:
        return KeyRing.slots(self._file, self._keys)

    def add(self, kind: str, recipient: str) -> None:
        """A slot for the login, for the TPM, or for a recovery key, in the place of one that was there."""
        if kind == KEYRING:
            KeyRing.set_keyring(self._file, self._keys)
        elif kind == TPM:
            KeyRing.set_tpm(self._file, self._keys)
        elif kind == RECOVERY:
            KeyRing.add_recovery(self._file, recipient, self._keys)
        else:
            raise StoreError("keys.no_such_slot")

    def remove(self, kind: str, whose: str) -> None:
        """An officer who may still sign in gets a slot again by that."""
        KeyRing.remove(self._file, kind, whose)
        if kind == PASSPHRASE:
            self._people.forget_slot(whose)

    def rotate(self) -> None:
        """Choose another data key; the store lies under it once it is opened again."""
        rotation.begin(self._file, self._keys)

    def change_access(self) -> None:
        """Take a key and a token that nobody can have copied; the hub hears of them when it is next asked."""
        self._access.want_change(fresh=True)

    def access(self) -> AccessStanding:
        return AccessStanding(self._access.changed_at(), self._access.change_wanted())

    def rotation_is_due(self) -> bool:
        """Whether the store waits for that."""
        return rotation.following(self._file, self._keys) is not None
