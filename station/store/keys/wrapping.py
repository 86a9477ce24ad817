"""Wrapping the data key for a slot: AES-256-GCM, bound to everything else that the slot says."""

from __future__ import annotations

import json
import secrets
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from station.errors import StoreError

NONCE = 12


def wrap(data_key: bytes, wrapping_key: bytes, slot: dict[str, Any]) -> dict[str, Any]:
    """The slot with the wrapped key in it."""
    nonce = secrets.token_bytes(NONCE)
    wrapped = AESGCM(wrapping_key).encrypt(nonce, data_key, _bound(slot))
    return {**slot, "nonce": nonce.hex(), "wrapped": wrapped.hex()}


def unwrap(slot: dict[str, Any], wrapping_key: bytes) -> bytes:
    """The data key; raises `cryptography.exceptions.InvalidTag` for another key or a changed slot."""
    try:
        nonce, wrapped = bytes.fromhex(slot["nonce"]), bytes.fromhex(slot["wrapped"])
    except (KeyError, TypeError, ValueError) as error:
        raise StoreError("keys.damaged") from error
    if len(nonce) != NONCE:
        raise StoreError("keys.damaged")
    return AESGCM(wrapping_key).decrypt(nonce, wrapped, _bound(slot))


def _bound(slot: dict[str, Any]) -> bytes:
    said = {name: value for name, value in slot.items() if name not in ("nonce", "wrapped")}
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
