"""The key file `keys.json`: made once, opened at every start, its slots changed one at a time.

Losing every slot means losing the store, so the file is written durably, never overwritten by a new data key, and
a missing one beside an existing store is an error, never a reason to begin again.
"""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Any

from station.errors import StoreError
from station.paths import DataFolder
from station.store import durable
from station.store.keys import keyring_slot, passphrase_slot
from station.store.keys.derived import Keys

FORMAT = 1


class KeyRing:
    """Creates and opens `keys.json`. All methods raise `StoreError` with a `keys.*` code."""

    @staticmethod
    def create(file: Path, passphrase: str | None = None, use_keyring: bool = True) -> Keys:
        """Make a new data key and every slot that is possible here.

        Raises `keys.no_slot` where nothing could open it again, `keys.exist` where there are keys already and
        `keys.missing` where there is a store already whose keys these are not.
        """
        _must_be_a_fresh_folder(file)
        data_key = secrets.token_bytes(32)
        slots = [passphrase_slot.seal(data_key, passphrase)] if passphrase is not None else []
        in_keyring = keyring_slot.seal(data_key) if use_keyring else None
        if in_keyring is not None:
            slots.append(in_keyring)
        if not slots:
            raise StoreError("keys.no_slot")
        durable.make_folder(file.parent)
        try:
            durable.write(file, _to_json(slots), replace=False)
        except FileExistsError as error:
            if in_keyring is not None:
                keyring_slot.forget(in_keyring)
            raise StoreError("keys.exist") from error
        return Keys.derived_from(data_key)

    @staticmethod
    def open(file: Path, passphrase: str | None = None) -> Keys:
        """Open with the passphrase where one is given and has a slot, else with the keyring.

        Raises `keys.missing`, `keys.damaged`, `keys.wrong_passphrase`, or `keys.locked` when no slot opens.
        """
        return Keys.derived_from(_data_key(_slots(file), passphrase))

    @staticmethod
    def has_passphrase(file: Path) -> bool:
        """Whether it makes sense to ask a person for the passphrase."""
        return any(slot.get("kind") == passphrase_slot.KIND for slot in _slots(file))

    @staticmethod
    def set_passphrase(file: Path, new: str, passphrase: str | None = None) -> None:
        """Replace the passphrase, or add the first one; opens like `open` does."""
        slots = _slots(file)
        sealed = passphrase_slot.seal(_data_key(slots, passphrase), new)
        others = [slot for slot in slots if slot.get("kind") != passphrase_slot.KIND]
        durable.write(file, _to_json([sealed, *others]))


def _data_key(slots: list[dict[str, Any]], passphrase: str | None) -> bytes:
    with_passphrase = [slot for slot in slots if slot.get("kind") == passphrase_slot.KIND]
    if passphrase is not None and with_passphrase:
        return passphrase_slot.unseal(with_passphrase[0], passphrase)
    for slot in slots:
        data_key = keyring_slot.unseal(slot) if slot.get("kind") == keyring_slot.KIND else None
        if data_key is not None:
            return data_key
    raise StoreError("keys.locked")


def _must_be_a_fresh_folder(file: Path) -> None:
    folder = DataFolder(file.parent)
    if file.exists():
        raise StoreError("keys.exist")
    if folder.database.exists() or folder.pages.exists():
        raise StoreError("keys.missing")


def _slots(file: Path) -> list[dict[str, Any]]:
    try:
        told = json.loads(file.read_bytes())
    except FileNotFoundError as error:
        raise StoreError("keys.missing") from error
    except OSError as error:
        raise durable.failure(error) from error
    except ValueError as error:
        raise StoreError("keys.damaged") from error
    slots = told.get("slots") if isinstance(told, dict) and told.get("format") == FORMAT else None
    if not isinstance(slots, list) or not all(isinstance(slot, dict) for slot in slots):
        raise StoreError("keys.damaged")
    return slots


def _to_json(slots: list[dict[str, Any]]) -> bytes:
    return json.dumps({"format": FORMAT, "slots": slots}, indent=1).encode()
