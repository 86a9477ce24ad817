"""The errand that tells the hub the station's request key, and puts another one in its place."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from station.errors import HubError
from station.sync.request_signature import RequestSigner

log = logging.getLogger(__name__)


class Keys(Protocol):
    """The station's request keys, as they are kept."""

    def current(self) -> bytes: ...

    def next(self) -> bytes | None: ...

    def is_told(self, authority: bytes) -> bool: ...

    def told(self, authority: bytes, seed: bytes) -> None: ...


class KeysHub(Protocol):
    """The hub as this errand sees it; `signer` signs what is asked of it."""

    signer: RequestSigner | None

    def change_request_key(self, station: str, new: RequestSigner) -> None: ...


class TellRequestKey:
    """Nothing is asked of the hub where it knows the key, and no other is to take its place."""

    def __init__(self, hub: KeysHub, keys: Keys, authority: bytes, station: str, now: Callable[[], datetime]) -> None:
        self._hub, self._keys, self._authority, self._station, self._now = hub, keys, authority, station, now

    def __call__(self) -> bool:
        """Raises `HubError`; the next time finds out how far this one came."""
        following = self._keys.next()
        if following is not None:
            self._change_to(following)
            log.info("The station signs with another request key")
        elif not self._keys.is_told(self._authority):
            self._change_to(self._keys.current())
            log.info("The hub knows the station's request key")
        return False

    def _change_to(self, seed: bytes) -> None:
        """A hub that never had a key, or whose last answer was lost, knows the new one; else the old one vouches."""
        old, new = self._hub.signer, RequestSigner(seed, self._now)
        self._hub.signer = new
        try:
            self._hub.change_request_key(self._station, new)
        except HubError as error:
            self._hub.signer = old
            if error.code != "hub.unsigned" or old is None or old.public == new.public:
                raise
            self._hub.change_request_key(self._station, new)
            self._hub.signer = new
        self._keys.told(self._authority, seed)
