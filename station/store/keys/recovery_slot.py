"""The slot that the province opens: age's X25519, the private half never on a station."""

from __future__ import annotations

from station.dossier.key_slot import RECOVERY
from station.errors import StoreError
from station.store.keys import slots
from station.store.keys.derived import Keys
from station.store.keys.slots import Slot

_PRIVATE = "AGE-SECRET-KEY-1"


def seal(keys: Keys, recipient: str) -> Slot:
    """A slot for `keys.json`; `recipient` is the public half (`age1…`). Raises `StoreError("keys.recipient")`."""
    return slots.seal({"kind": RECOVERY, "recipient": recipient.strip()}, keys)


def unseal(slot: Slot, identity_file: str) -> Keys:
    """`identity_file` is the text of an age identity file. Raises `StoreError("keys.wrong_identity")`."""
    for line in identity_file.split():
        if line.startswith(_PRIVATE):
            try:
                return slots.unseal(slot, line.encode())
            except StoreError:  # one file may hold the keys of several years
                continue
    raise StoreError("keys.wrong_identity")
