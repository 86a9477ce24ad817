"""The station's signature on its receipts: Ed25519, by a key that never leaves the encrypted store."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from station.dossier.receipt_keys import key_id, key_line
from station.dossier.signed_document import signed
from station.store import durable
from station.store.keys import Secrets


class StationKey:
    """Signs documents in the station's own name: the roster of one that stands alone."""

    def __init__(self, secrets: Secrets) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(secrets.receipts)
        self.public = self._private.public_key().public_bytes_raw()

    def signed(self, members: dict[str, Any]) -> dict[str, Any]:
        """With `key_id` and `signature`. Its `kind` is signed too, and no receipt is JSON: none passes for another."""
        return signed(members, self._private)


class ReceiptSigner:
    """Signs with the station's own key. The same text always gets the same signature (RFC 8032)."""

    def __init__(self, secrets: Secrets, station: str) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(secrets.receipts)
        self.station = station
        self.public = self._private.public_key().public_bytes_raw()
        self.key_id = key_id(self.public)

    def sign(self, text: str) -> bytes:
        """64 bytes."""
        return self._private.sign(text.encode("utf-8"))

    def publish(self, file: Path) -> None:
        """Leave the public key where `station verify` finds it while the store is locked; raises `StoreError`."""
        line = key_line(self.station, self.public)
        try:
            known = file.read_text("utf-8", errors="replace").splitlines() if file.exists() else []
        except OSError as error:
            raise durable.failure(error) from error
        if line not in known:
            durable.write(file, "".join(f"{one}\n" for one in (*known, line)).encode("utf-8"))
