"""Documents that the province signs for a station (contract/v1): JSON with `kind`, `key_id` and `signature`."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from station.errors import InputError

MOST_BYTES = 4 << 20


def canonical(value: object) -> bytes:
    """UTF-8, members sorted by name, no white space, non-ASCII letters as themselves."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def key_id(public: bytes) -> str:
    """How the contract names an Ed25519 key."""
    return hashlib.sha256(public).hexdigest()[:16]


def parse_document(content: bytes) -> dict[str, Any]:
    """The JSON object as it stands, unchecked. Raises `InputError("roster.malformed")`."""
    try:
        told = json.loads(content) if len(content) <= MOST_BYTES else None
    except (ValueError, RecursionError) as error:
        raise InputError("roster.malformed", place="JSON") from error
    if not isinstance(told, dict):
        raise InputError("roster.malformed", place="JSON")
    return told


def check_signature(document: dict[str, Any], kind: str, public: bytes) -> None:
    """Raise `InputError("roster.not_signed")` unless this key signed exactly this, as a document of this kind."""
    said = {name: value for name, value in document.items() if name != "signature"}
    if document.get("kind") != kind or document.get("key_id") != key_id(public):
        raise InputError("roster.not_signed")
    try:
        signature = base64.b64decode(document.get("signature", ""), validate=True)
        Ed25519PublicKey.from_public_bytes(public).verify(signature, canonical(said))
    except (InvalidSignature, ValueError, TypeError) as error:
        raise InputError("roster.not_signed") from error


def signed(members: dict[str, Any], private: Ed25519PrivateKey) -> dict[str, Any]:
    """The members with `key_id` and `signature`."""
    said = {**members, "key_id": key_id(private.public_key().public_bytes_raw())}
    return {**said, "signature": base64.b64encode(private.sign(canonical(said))).decode("ascii")}
