"""Receipts: canonical JSON, the hub's Ed25519 key, and signing and checking with it."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from provincial_hub.errors import SetupError
from provincial_hub.keeping.durable import sync_folder


def canonical(value: object) -> bytes:
    """UTF-8, members sorted by name, no white space, non-ASCII letters as themselves.

    Raises `ValueError` for what has no such form: NaN, infinities, lone surrogates.
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


class Signer:
    """The hub's signing key (RFC 8032)."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self._public = private.public_key()
        self.raw = self._public.public_bytes_raw()
        self.public_key = base64.b64encode(self.raw).decode("ascii")
        self.key_id = hashlib.sha256(self.raw).hexdigest()[:16]

    @classmethod
    def open(cls, file: Path) -> Signer:
        """Read the key, or make it when the file does not exist; only its owner may read it."""
        if not file.exists():
            _create(file)
        return cls.read(file)

    @classmethod
    def read(cls, file: Path) -> Signer:
        """Read the key; raises `SetupError`."""
        try:
            key = load_pem_private_key(file.read_bytes(), password=None)
        except FileNotFoundError as error:
            told = "is missing, and stations believe no other: put it back, from a backup or another node"
            raise SetupError(f"{file} {told}") from error
        except OSError as error:
            raise SetupError(f"{file} cannot be read: {error.strerror}") from error
        except (ValueError, TypeError, UnsupportedAlgorithm):
            key = None
        if not isinstance(key, Ed25519PrivateKey):
            raise SetupError(f"{file} holds no Ed25519 key: put the hub's own back, from a backup or another node")
        return cls(key)

    def sign(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """The receipt of these facts: with `key_id` and `signature`."""
        unsigned = {**facts, "key_id": self.key_id}
        signature = self._private.sign(canonical(unsigned))
        return {**unsigned, "signature": base64.b64encode(signature).decode("ascii")}

    def derived(self, info: bytes) -> bytes:
        """Another secret, which only who has this key can make (HKDF-SHA-256, RFC 5869)."""
        return HKDF(SHA256(), length=32, salt=None, info=info).derive(self._private.private_bytes_raw())

    def vouches_for(self, receipt: Mapping[str, Any]) -> bool:
        """This key signed exactly this receipt."""
        return signed_by(self._public, receipt)


def signed_by(public: Ed25519PublicKey, receipt: Mapping[str, Any]) -> bool:
    """The receipt's signature is that of `public` over everything else in it."""
    unsigned = {name: value for name, value in receipt.items() if name != "signature"}
    try:
        public.verify(base64.b64decode(str(receipt.get("signature", "")), validate=True), canonical(unsigned))
    except (InvalidSignature, ValueError):
        return False
    return True


def _create(file: Path) -> None:
    secret = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    partial = file.with_suffix(".new")
    partial.unlink(missing_ok=True)
    with open(partial, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as out:
        out.write(secret)
        out.flush()
        os.fsync(out.fileno())
    partial.replace(file)
    sync_folder(file.parent)
