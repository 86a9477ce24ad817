"""Signing a webhook: names and form are those of Standard Webhooks (symmetric, `v1`)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac

from provincial_hub.errors import SetupError

_PREFIX = "whsec_"
_LEAST, _MOST = 24, 64


class Secret:
    """A secret that hub and receiver share. Written `whsec_` and its base64."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def __repr__(self) -> str:
        return "Secret(…)"

    @classmethod
    def parse(cls, text: str) -> Secret:
        """Raises `SetupError`."""
        try:
            key = base64.b64decode(text.strip().removeprefix(_PREFIX), validate=True)
        except (ValueError, binascii.Error):
            key = b""
        if not text.startswith(_PREFIX) or not _LEAST <= len(key) <= _MOST:
            raise SetupError(f"a secret is one line: {_PREFIX} and the base64 of {_LEAST} to {_MOST} random bytes")
        return cls(key)

    def headers(self, message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
        """The three headers by which a receiver knows who sent this, when, and that nothing was changed."""
        signed = f"{message_id}.{timestamp}.".encode() + body
        signature = base64.b64encode(hmac.digest(self._key, signed, hashlib.sha256)).decode("ascii")
        return {
            "Webhook-Id": message_id,
            "Webhook-Timestamp": str(timestamp),
            "Webhook-Signature": f"v1,{signature}",
        }
