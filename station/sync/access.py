"""The errand that tells the hub by which token and which key the station is to be known, and changes both in time."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from station.dossier.hub_identity import HubIdentities, HubIdentity

log = logging.getLogger(__name__)

CHANGED_EVERY = timedelta(days=30)


class Access(Protocol):
    """What the station is known by, as it is kept. `enrolled` is the token of the settings."""

    def identities(self, enrolled: str) -> HubIdentities: ...

    def change_wanted(self) -> bool: ...

    def want_change(self) -> None: ...

    def changed_at(self) -> datetime | None: ...

    def is_told(self, authority: bytes, enrolled: str) -> bool: ...

    def told(self, authority: bytes, enrolled: str) -> None: ...

    def took(self, authority: bytes, enrolled: str, identity: HubIdentity) -> None: ...


class AccessHub(Protocol):
    """The hub as this errand sees it: it asks by another identity where the hub does not know the one it has."""

    @property
    def identity(self) -> HubIdentity | None: ...

    def speak_as(self, identity: HubIdentity) -> None: ...

    def change_request_key(self, station: str, seed: bytes) -> None: ...

    def announce_token(self, token: str) -> None: ...


class KeepAccess:
    """Nothing is asked of the hub where it knows the station by what is in use, and no other is wanted.

    Each step may be broken off and is safe to do again: the next pair is kept before the hub hears of it, and takes the
    place of the one in use only after the hub has answered it.
    """

    def __init__(
        self, hub: AccessHub, access: Access, authority: bytes, station: str, enrolled: str, now: Callable[[], datetime]
    ) -> None:
        self._hub, self._access, self._authority = hub, access, authority
        self._station, self._enrolled, self._now = station, enrolled, now

    def __call__(self) -> bool:
        """Whether there is more to do. Raises `HubError`; the next time finds out how far this one came."""
        held = self._access.identities(self._enrolled)
        if not self._access.is_told(self._authority, self._enrolled):
            return self._tell_first(held.current.seed)
        if self._is_time() or self._is_known_by_next(held):
            self._access.want_change()
        if self._access.change_wanted():
            return self._change_to(held.following)
        if self._hub.identity != held.current:  # the hub was brought back from a backup
            return self._change_to(held.current)
        return False

    def _tell_first(self, seed: bytes) -> bool:
        """The token is the one that the station was enrolled with."""
        self._hub.change_request_key(self._station, seed)
        self._access.told(self._authority, self._enrolled)
        log.info("The hub knows the station's request key")
        return False

    def _change_to(self, target: HubIdentity) -> bool:
        """Said by the new key and the new token; where the hub does not know these yet, the old ones say it."""
        self._hub.speak_as(target)
        self._hub.change_request_key(self._station, target.seed)
        if not self._is_known_by(target):
            self._hub.announce_token(target.token)
            return True
        self._hub.announce_token(target.token)
        self._access.took(self._authority, self._enrolled, target)
        log.info("The station is known by another token and another key")
        return False

    def _is_known_by(self, target: HubIdentity) -> bool:
        return self._hub.identity == target

    def _is_known_by_next(self, held: HubIdentities) -> bool:
        """The station was brought back from a backup, or was stopped before it could keep the hub's yes."""
        known_by = self._hub.identity
        return known_by is not None and (known_by.token == held.following.token or known_by.seed == held.following.seed)

    def _is_time(self) -> bool:
        """A time in the future is one by a clock that was set right since."""
        changed_at = self._access.changed_at()
        return changed_at is not None and abs(self._now() - changed_at) > CHANGED_EVERY
