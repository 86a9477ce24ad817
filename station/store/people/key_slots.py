"""Gives each person's passphrase a slot in `keys.json`, and takes it from those who have left."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

from station.errors import StoreError
from station.store.keys import KeyRing, Keys
from station.store.people.register import People

log = logging.getLogger(__name__)


class KeySlots:
    """Making a slot takes a moment, so it is remembered for which passphrase there is one."""

    def __init__(self, file: Path, keys: Keys, people: People) -> None:
        self._file, self._keys, self._people = file, keys, people

    def opens(self, person_id: str, passphrase: str) -> bool:
        """Asked of the passphrase's slots alone: a keyring would open whatever was typed."""
        if not KeyRing.has_passphrase(self._file, person_id):
            return False
        try:
            KeyRing.open(self._file, passphrase)
        except StoreError as error:
            if error.code != "keys.wrong_passphrase":
                raise
            return False
        return True

    def give(self, person_id: str, passphrase: str, verifier: str) -> None:
        if self._people.has_slot(person_id, verifier):
            return
        first = not self._people.slots()
        KeyRing.set_officer(self._file, person_id, passphrase, self._keys)
        if first:  # from before there were people: it was theirs, and must not outlive a change of theirs
            KeyRing.remove_officer(self._file, "")
        self._people.note_slot(person_id, verifier)  # last: what is cut off before is done again

    def keep_only(self, people: Iterable[str]) -> None:
        left = set(self._people.slots()) - set(people)
        for person_id in left:
            try:
                KeyRing.remove_officer(self._file, person_id)
            except StoreError as error:
                if error.code != "keys.last_slot":
                    raise
                log.warning("the slot of somebody who left stays: no other opens the keys yet")
            else:
                self._people.forget_slot(person_id)
