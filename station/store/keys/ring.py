"""The key file's deeds: made once, opened at every start, its slots changed one at a time.

Losing every slot means losing the store, so the file is written durably, never overwritten by a new data key, and
a missing one beside an existing store is an error, never a reason to begin again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from station.dossier.key_slot import KEYRING, PASSPHRASE, RECOVERY, TPM, KeySlot
from station.errors import StoreError
from station.paths import DataFolder
from station.store import durable
from station.store.keys import keyring_slot, passphrase_slot, recovery_slot, slots, tpm_slot
from station.store.keys.derived import Keys
from station.store.keys.key_file import KeyFile, changed
from station.store.keys.slots import Slot

_OF_A_PERSON = (PASSPHRASE, RECOVERY)
"""Kinds that still open when this machine, or the officer's account on it, is gone."""


class KeyRing:
    """Creates, opens and changes `keys.json`. All methods raise `StoreError` with a `keys.*` code."""

    @staticmethod
    def create(
        file: Path,
        passphrase: str | None = None,
        use_keyring: bool = True,
        *,
        officer_id: str = "",
        recovery: Sequence[str] = (),
    ) -> Keys:
        """Make a new data key and every slot that is possible here.

        Raises `keys.no_slot` where nothing could open it again, `keys.exist` where there are keys already and
        `keys.missing` where there is a store already whose keys these are not.
        """
        _must_be_a_fresh_folder(file)
        keys = Keys.random()
        made = [passphrase_slot.seal(keys, passphrase, officer_id)] if passphrase is not None else []
        made += [recovery_slot.seal(keys, recipient) for recipient in recovery]
        in_keyring = keyring_slot.seal(keys) if use_keyring else None
        if in_keyring is not None:
            made.append(in_keyring)
        if not made:
            raise StoreError("keys.no_slot")
        durable.make_folder(file.parent)
        try:
            KeyFile(made).write(file, replace=False)
        except FileExistsError as error:
            if in_keyring is not None:
                keyring_slot.forget(in_keyring)
            raise StoreError("keys.exist") from error
        return keys

    @staticmethod
    def open(file: Path, passphrase: str | None = None, officer_id: str | None = None) -> Keys:
        """Open with the passphrase where one is given and has a slot, else with what opens by itself.

        With `officer_id` only this officer's slot and the station's own are tried. An officer who has no slot yet is
        not told that the passphrase is wrong as long as the keyring or the TPM opens: whether it is his passphrase,
        the roster says. Raises `keys.missing`, `keys.damaged`, `keys.wrong_passphrase`, or `keys.locked` when no slot
        opens.
        """
        there = KeyFile.read(file).slots
        tried = _passphrase_slots(there, officer_id) if passphrase is not None else []
        for slot in tried:
            try:
                return passphrase_slot.unseal(slot, passphrase or "")
            except StoreError as error:
                if error.code != "keys.wrong_passphrase" and len(tried) == 1:
                    raise
        if tried and (officer_id is None or any(slot.get("officer") == officer_id for slot in tried)):
            raise StoreError("keys.wrong_passphrase")
        for kind, unseal in ((KEYRING, keyring_slot.unseal), (TPM, tpm_slot.unseal)):
            for slot in _of_kind(there, kind):
                keys = unseal(slot)
                if keys is not None:
                    return keys
        raise StoreError("keys.wrong_passphrase" if tried else "keys.locked")

    @staticmethod
    def open_with_identity(file: Path, identity: str) -> Keys:
        """By the province's private half, the text of an age identity file; raises `keys.wrong_identity` too."""
        for slot in _of_kind(KeyFile.read(file).slots, RECOVERY):
            try:
                return recovery_slot.unseal(slot, identity)
            except StoreError:
                continue
        raise StoreError("keys.wrong_identity")

    @staticmethod
    def has_passphrase(file: Path, officer_id: str | None = None) -> bool:
        """Whether it makes sense to ask a person, or this officer, for the passphrase."""
        return bool(_passphrase_slots(KeyFile.read(file).slots, officer_id))

    @staticmethod
    def slots(file: Path, opened: Keys | None = None) -> tuple[KeySlot, ...]:
        """Every slot; with the keys, also whether each was made by somebody who had them."""
        return tuple(slots.summary(slot, opened) for slot in KeyFile.read(file).slots)

    @staticmethod
    def set_officer(file: Path, officer_id: str, passphrase: str, opened: Keys) -> None:
        """Give the officer a slot, in the place of the one before; an empty id is the station's own passphrase.

        Raises `keys.passphrase_short`, and `keys.of_another` where `opened` are not the keys of this file.
        """
        made = passphrase_slot.seal(opened, passphrase, officer_id)
        _replace(file, opened, made, lambda slot: _is_of(slot, officer_id))

    @staticmethod
    def remove_officer(file: Path, officer_id: str) -> None:
        """Take the officer's slot away; a new data key (`rotate`) is what shuts out somebody who copied the file.

        Raises `keys.last_slot` where no passphrase and no recovery key would be left.
        """
        _remove(file, lambda slot: _is_of(slot, officer_id))

    @staticmethod
    def add_recovery(file: Path, recipient: str, opened: Keys) -> None:
        """Let the province open too; raises `keys.recipient` where this is no `age1…`."""
        made = recovery_slot.seal(opened, recipient)
        _replace(file, opened, made, lambda slot: _is_recovery(slot, recipient))

    @staticmethod
    def set_keyring(file: Path, opened: Keys) -> None:
        """Let this user's login open the keys; raises `keys.no_keyring` where there is none to trust."""
        made = keyring_slot.seal(opened)
        if made is None:
            raise StoreError("keys.no_keyring")
        _replace(file, opened, made, lambda slot: slot.get("kind") == KEYRING)

    @staticmethod
    def set_tpm(file: Path, opened: Keys) -> None:
        """Let this machine, started as it is now, open the keys; raises `keys.no_tpm` where it cannot."""
        _replace(file, opened, tpm_slot.seal(opened), lambda slot: slot.get("kind") == TPM)

    @staticmethod
    def remove(file: Path, kind: str, whose: str = "") -> None:
        """Take every slot of this kind away that is theirs; raises `keys.last_slot` like `remove_officer`."""
        _remove(file, lambda slot: (shown := slots.summary(slot)).kind == kind and shown.whose == whose)


def _replace(file: Path, opened: Keys, made: Slot, replaced: Callable[[Slot], bool]) -> None:
    with changed(file) as content:
        _must_be_of(content.slots, opened)
        gone = [slot for slot in content.slots if replaced(slot)]
        content.slots = [made, *(slot for slot in content.slots if not replaced(slot))]
    _forget(gone)


def _remove(file: Path, removed: Callable[[Slot], bool]) -> None:
    with changed(file) as content:
        gone = [slot for slot in content.slots if removed(slot)]
        content.slots = [slot for slot in content.slots if not removed(slot)]
        if not any(slot.get("kind") in _OF_A_PERSON for slot in content.slots):
            raise StoreError("keys.last_slot")
    _forget(gone)


def _forget(gone: Iterable[Slot]) -> None:
    for slot in _of_kind(gone, KEYRING):
        keyring_slot.forget(slot)


def _must_be_of(there: Sequence[Slot], opened: Keys) -> None:
    signed = [slot for slot in there if slots.can_be_sealed_anew(slot)]
    if signed and not any(slots.is_genuine(slot, opened) for slot in signed):
        raise StoreError("keys.of_another")


def _of_kind(there: Iterable[Slot], kind: str) -> list[Slot]:
    return [slot for slot in there if slot.get("kind") == kind]


def _passphrase_slots(there: Iterable[Slot], officer_id: str | None) -> list[Slot]:
    all_of_them = _of_kind(there, PASSPHRASE)
    if officer_id is None:
        return all_of_them
    return [slot for slot in all_of_them if slot.get("officer", "") in (officer_id, "")]


def _is_of(slot: Slot, officer_id: str) -> bool:
    return slot.get("kind") == PASSPHRASE and slot.get("officer", "") == officer_id


def _is_recovery(slot: Slot, recipient: str) -> bool:
    return slot.get("kind") == RECOVERY and slot.get("recipient") == recipient.strip()


def _must_be_a_fresh_folder(file: Path) -> None:
    folder = DataFolder(file.parent)
    if file.exists():
        raise StoreError("keys.exist")
    if folder.database.exists() or folder.pages.exists():
        raise StoreError("keys.missing")
