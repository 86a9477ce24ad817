"""Numbers of people as the trail names them: the same number always gives the same name, and no name gives a number."""

from __future__ import annotations

import hashlib
import hmac

LENGTH = 24
"""Hex digits: two numbers that are asked for never get the same name."""


class Pseudonyms:
    """Keyed, because twelve digits can all be tried: without the station's secret a hash of them hides nothing."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def of(self, number: str) -> str:
        """HMAC-SHA-256, of the digits alone."""
        return hmac.new(self._secret, b"person/" + number.encode("utf-8"), hashlib.sha256).hexdigest()[:LENGTH]
