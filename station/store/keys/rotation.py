"""The key file's part in changing the data key: the next one waits in it until the database lies under it.

1. `begin` writes the next data key into the file, wrapped under the present one.
2. `station.store.keys.database_rotation` rewrites the database under it, at the next opening.
3. `finish` seals the next data key into every slot and forgets the present one, in one write.

Cut off between any two writes, the slots still open the present key, which opens the next one.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from cryptography.exceptions import InvalidTag

from station.dossier.key_slot import KEYRING, PASSPHRASE
from station.errors import StoreError
from station.store.keys import keyring_slot, slots, wrapping
from station.store.keys.derived import Keys, derive
from station.store.keys.key_file import KeyFile, changed
from station.store.keys.slots import Slot

log = logging.getLogger(__name__)


def begin(file: Path, opened: Keys) -> None:
    """Choose the next data key; twice is once.

    Raises `keys.old_slot` for a passphrase of the first format, which must be set anew first, `keys.foreign_slot`
    for a slot that was written by somebody who had not opened the keys, and `keys.of_another`.
    """
    with changed(file) as content:
        if content.following is not None and _unwrapped(content, opened) is not None:
            return
        replaced = [slot for slot in content.slots if _is_old_keyring(slot)]
        content.slots = _that_can_follow(content.slots, opened)
        secret = Keys.random().data
        content.following = wrapping.wrap(bytes(secret), derive(opened.data, "following"), {})
    for slot in replaced:
        keyring_slot.forget(slot)


def following(file: Path, opened: Keys) -> Keys | None:
    """The keys that the database shall lie under next; None as a rule, and where there is no key file.

    Raises `keys.damaged` where they are there and do not open.
    """
    if not file.exists():
        return None
    content = KeyFile.read(file)
    if content.following is None:
        return None
    keys = _unwrapped(content, opened)
    if keys is None:
        raise StoreError("keys.damaged")
    return keys


def finish(file: Path, opened: Keys, following: Keys) -> None:
    """Seal the next data key into every slot; the database lies under it already."""
    with changed(file) as content:
        genuine = [slot for slot in content.slots if slots.is_genuine(slot, opened)]
        if len(genuine) < len(content.slots):  # somebody wrote to the file since it was begun
            log.warning("left out while the data key changed: %d slots", len(content.slots) - len(genuine))
        if not genuine:
            raise StoreError("keys.damaged")
        content.slots = [slots.seal(slot, following) for slot in genuine]
        content.following = None


def _unwrapped(content: KeyFile, opened: Keys) -> Keys | None:
    try:
        return slots.keys_of(wrapping.unwrap(content.following or {}, derive(opened.data, "following")))
    except (InvalidTag, StoreError):
        return None


def _that_can_follow(there: Sequence[Slot], opened: Keys) -> list[Slot]:
    if any(not slots.can_be_sealed_anew(slot) and slot.get("kind") == PASSPHRASE for slot in there):
        raise StoreError("keys.old_slot")
    kept = [slot for slot in there if slots.can_be_sealed_anew(slot)]
    genuine = [slot for slot in kept if slots.is_genuine(slot, opened)]
    if not genuine:
        raise StoreError("keys.of_another")
    if len(genuine) < len(kept):
        foreign = next(slot for slot in kept if slot not in genuine)
        raise StoreError("keys.foreign_slot", kind=str(foreign.get("kind", "")))
    made = keyring_slot.seal(opened) if any(map(_is_old_keyring, there)) else None
    return [*genuine, *([made] if made is not None else [])]


def _is_old_keyring(slot: Slot) -> bool:
    return slot.get("kind") == KEYRING and not slots.can_be_sealed_anew(slot)
