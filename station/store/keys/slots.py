"""What every slot is: the data key sealed to a key pair of the slot's own, signed by the data key.

The public half lies in the slot, so that a new data key can be put into every slot without asking anybody; how the
private half is kept is what makes one kind of slot differ from another. The signature (an HMAC under the data key)
keeps somebody who can write the key file, but not open it, from adding himself: a slot without it is never sealed
anew. A slot of the first format holds the data key wrapped directly and has no public half.
"""

from __future__ import annotations

import base64
import hmac
import json
from typing import Any

import pyrage
from pyrage import x25519

from station.dossier.key_slot import RECOVERY, KeySlot
from station.errors import StoreError
from station.store.keys.derived import SIZE, Hidden, Keys, derive

Slot = dict[str, Any]


def new_identity() -> tuple[bytes, str]:
    """A private half and its public half, in age's own writing."""
    identity = x25519.Identity.generate()
    return Hidden(str(identity).encode()), str(identity.to_public())


def seal(slot: Slot, keys: Keys) -> Slot:
    """The slot with the data key in it, for whoever has the private half of `recipient`.

    Raises `StoreError("keys.recipient")` where that is no public key.
    """
    try:
        recipient = x25519.Recipient.from_str(str(slot["recipient"]))
    except pyrage.RecipientError as error:
        raise StoreError("keys.recipient") from error
    sealed = base64.b64encode(pyrage.encrypt(bytes(keys.data), [recipient])).decode()
    whole = {**slot, "sealed": sealed}
    return {**whole, "mac": _mac(whole, keys)}


def unseal(slot: Slot, identity: bytes) -> Keys:
    """Raises `StoreError("keys.wrong_identity")` where the private half belongs to another slot."""
    try:
        private = x25519.Identity.from_str(identity.decode())
        data_key = Hidden(pyrage.decrypt(base64.b64decode(str(slot["sealed"])), [private]))
    except (pyrage.IdentityError, pyrage.DecryptError, ValueError, KeyError) as error:
        raise StoreError("keys.wrong_identity") from error
    return keys_of(data_key)


def keys_of(data_key: bytes) -> Keys:
    """Raises `StoreError("keys.damaged")` for what cannot be a data key."""
    if len(data_key) != SIZE:
        raise StoreError("keys.damaged")
    return Keys.derived_from(data_key)


def can_be_sealed_anew(slot: Slot) -> bool:
    """Whether the slot has a public half; one of the first format has none."""
    return "recipient" in slot


def is_genuine(slot: Slot, keys: Keys) -> bool:
    """Whether whoever wrote this slot had the data key."""
    return hmac.compare_digest(str(slot.get("mac", "")), _mac(slot, keys))


def summary(slot: Slot, keys: Keys | None = None) -> KeySlot:
    """What may be said of it; with the keys, also whether it is genuine."""
    kind = str(slot.get("kind", ""))
    whose = str(slot.get("recipient" if kind == RECOVERY else "officer", ""))
    genuine = is_genuine(slot, keys) if keys is not None and can_be_sealed_anew(slot) else None
    return KeySlot(kind, whose, genuine)


def _mac(slot: Slot, keys: Keys) -> str:
    said = {name: value for name, value in slot.items() if name != "mac"}
    text = json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
    return hmac.digest(derive(keys.data, "slots"), text, "sha256").hex()
