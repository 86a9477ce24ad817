"""The station signs what it asks (contract/v1, «Signed requests»): a token that was copied is worth nothing alone."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

HEADER = "Station-Signature"
UNREAD = "-"
"""Stands for what is not signed: no offset, or the bytes of a page, which its name in the path vouches for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it is signed: `target` is path and query as they stand in the request line.

    `body` is None for the bytes of a page.
    """

    token: str = field(repr=False)
    method: str
    target: str
    body: bytes | None
    upload_offset: str | None = None


class RequestSigner:
    """Signs with the station's request key. `now` is the station's clock, right or wrong."""

    def __init__(self, seed: bytes, now: Callable[[], datetime]) -> None:
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.seed, self._now = seed, now

    def with_seed(self, seed: bytes) -> RequestSigner:
        """By another key, and the same clock."""
        return RequestSigner(seed, self._now)

    @property
    def public(self) -> str:
        """The public key as the hub is told it: base64."""
        return base64.b64encode(self._private.public_key().public_bytes_raw()).decode("ascii")

    def created(self) -> str:
        """When a request is made, as it is told: to the second."""
        return self._now().replace(microsecond=0).isoformat()

    def header(self, asked: Asked, created: str) -> str:
        """`Station-Signature` for this request."""
        text = signed_text(asked, created)
        return f"TSQ1|{created}|{self._signed(text)}"

    def proof(self, station: str, created: str) -> str:
        """That the private half is here: over the name of the station, the public half, and the request's own time."""
        return self._signed(f"TSK1|{station}|{self.public}|{created}".encode())

    def _signed(self, text: bytes) -> str:
        return base64.urlsafe_b64encode(self._private.sign(text)).rstrip(b"=").decode("ascii")


def signed_text(asked: Asked, created: str) -> bytes:
    """The seven lines."""
    token = hashlib.sha256(asked.token.encode()).hexdigest()
    digest = UNREAD if asked.body is None else hashlib.sha256(asked.body).hexdigest()
    lines = ("TSQ1", token, asked.method, asked.target, created, asked.upload_offset or UNREAD, digest)
    return "\n".join(lines).encode()
