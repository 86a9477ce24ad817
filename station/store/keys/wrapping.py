"""Wrapping a few secret bytes under a 32-byte key: AES-256-GCM, bound to what the slot around them says."""

from __future__ import annotations

import json
import secrets
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from station.errors import StoreError
from station.store.keys.derived import Hidden

NONCE = 12
_UNBOUND = ("nonce", "wrapped", "sealed", "mac")
"""What is made after the wrapping, or made anew with each data key."""


def wrap(secret: bytes, wrapping_key: bytes, slot: dict[str, Any]) -> dict[str, Any]:
    """The slot with the wrapped secret in it."""
    nonce = secrets.token_bytes(NONCE)
    wrapped = AESGCM(wrapping_key).encrypt(nonce, secret, _bound(slot))
    return {**slot, "nonce": nonce.hex(), "wrapped": wrapped.hex()}


def unwrap(slot: dict[str, Any], wrapping_key: bytes) -> bytes:
    """The secret; raises `cryptography.exceptions.InvalidTag` for another key or a changed slot."""
    try:
        nonce, wrapped = bytes.fromhex(slot["nonce"]), bytes.fromhex(slot["wrapped"])
    except (KeyError, TypeError, ValueError) as error:
        raise StoreError("keys.damaged") from error
    if len(nonce) != NONCE:
        raise StoreError("keys.damaged")
    return Hidden(AESGCM(wrapping_key).decrypt(nonce, wrapped, _bound(slot)))


def _bound(slot: dict[str, Any]) -> bytes:
    said = {name: value for name, value in slot.items() if name not in _UNBOUND}
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
