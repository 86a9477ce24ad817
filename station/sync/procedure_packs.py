"""The errand that fetches a pack of procedures that the hub has told of: by its SHA-256, and on from where it broke."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from station.errors import HubError, ResourceError

log = logging.getLogger(__name__)

PIECE = 64 << 10
"""Asked for at a time: eight seconds at 64 kbit/s. A whole pack may take longer than a line holds."""


class PackHub(Protocol):
    def pack(self, sha256: str, offset: int, length: int | None = None) -> bytes: ...


class FetchPack:
    """Nothing is asked of the hub where the newest pack is in use, or was found to be useless."""

    def __init__(
        self,
        hub: PackHub,
        newest: Callable[[], Mapping[str, Any] | None],
        in_use: Callable[[], str],
        take: Callable[[bytes], None],
    ) -> None:
        """`newest` is what the hub has signed (`version`, `sha256`, `size`); `take` raises `ResourceError`."""
        self._hub, self._newest, self._in_use, self._take = hub, newest, in_use, take
        self._useless = ""
        self._begun, self._got = "", b""

    def __call__(self) -> bool:
        """Whether there is more of it to fetch. `HubError("hub.bad_pack")` for other bytes than the hub has signed."""
        told = self._newest()
        if told is None or told["sha256"] in (self._in_use(), self._useless):
            return False
        if self._begun != told["sha256"]:
            self._begun, self._got = told["sha256"], b""
        piece = self._hub.pack(self._begun, len(self._got), PIECE)
        content = self._got + piece
        if piece and len(content) < told["size"]:
            self._got = content
            return True
        self._begun, self._got = "", b""
        if len(content) != told["size"] or hashlib.sha256(content).hexdigest() != told["sha256"]:
            raise HubError("hub.bad_pack")
        try:
            self._take(content)
        except ResourceError as error:
            self._useless = told["sha256"]
            log.warning("pack %d of procedures is not used: %s", told["version"], error)
        else:
            log.info("Pack %d of procedures is used from the next start on", told["version"])
        return False
