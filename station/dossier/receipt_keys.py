"""Whether a receipt is a station's word: public keys that are trusted, and what they say of a signature.

A file of keys has a line for each: the station's name and its Ed25519 public key in base64, `T01 mN3k…=`. Empty lines
and what follows a `#` mean nothing. Public keys are no secret, but whoever can change the file decides what is trusted.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from station.dossier.receipt_payload import is_ours, parse_receipt
from station.errors import InputError

RAW = 32
"""Bytes of an Ed25519 public key."""


class Authenticity(StrEnum):
    """What can be said of a receipt."""

    VALID = "valid"
    ALTERED = "altered"
    UNKNOWN_KEY = "unknown_key"
    UNSIGNED = "unsigned"


def key_id(public: bytes) -> str:
    """How a key is named on a receipt: the start of its SHA-256."""
    return hashlib.sha256(public).hexdigest()[:16]


def key_line(station: str, public: bytes) -> str:
    """One line of a file of keys."""
    return f"{station} {base64.b64encode(public).decode('ascii')}"


def trusted_keys(text: str) -> dict[str, bytes]:
    """Public keys by their names, from a file of keys. Raises `InputError("code.bad_key_file")` with the line."""
    keys = {}
    for number, line in enumerate(text.splitlines(), 1):
        told = line.partition("#")[0].split()
        if not told:
            continue
        try:
            _station, encoded = told
            public = base64.b64decode(encoded, validate=True)
        except (ValueError, binascii.Error) as error:
            raise InputError("code.bad_key_file", line=number) from error
        if len(public) != RAW:
            raise InputError("code.bad_key_file", line=number)
        keys[key_id(public)] = public
    return keys


def authenticity(text: str, keys: Mapping[str, bytes]) -> Authenticity:
    """What these keys say of a QR's text. Raises `InputError("code.not_a_receipt")` for what never was a receipt."""
    try:
        receipt = parse_receipt(text)
    except InputError:
        if is_ours(text):
            return Authenticity.ALTERED
        raise
    if not receipt.signature:
        return Authenticity.UNSIGNED
    public = keys.get(receipt.key_id)
    if public is None:
        return Authenticity.UNKNOWN_KEY
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(receipt.signature, receipt.said.encode("utf-8"))
    except (InvalidSignature, ValueError):
        return Authenticity.ALTERED
    return Authenticity.VALID
