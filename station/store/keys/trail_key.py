"""The key by which the station vouches for its audit trail: an Ed25519 key of its own, apart from that of receipts."""

from __future__ import annotations

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from station.dossier.trail import SignedHead


class TrailKey:
    """Signs heads; `public` is what a hub is told at enrolment."""

    def __init__(self, seed: bytes) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._private.public_key().public_bytes_raw()

    def sign(self, seq: int, digest: str, at: datetime) -> SignedHead:
        """The newest line's number and hash, vouched for now."""
        return SignedHead.sign(seq, digest, at.replace(microsecond=0), self._private)
