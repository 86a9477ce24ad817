"""Tells a station of another roster without being asked for it: looked at when the station asks for its changes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from provincial_hub.errors import SetupError
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.person_books import PersonBooks
from provincial_hub.stations.rosters import Rosters

log = logging.getLogger(__name__)

LOOKED_EVERY = timedelta(seconds=5)
AT_LEAST = timedelta(days=1)
"""A roster is signed anew halfway through its time, although nobody changed."""


class RosterNews:
    """Nothing but one small question to the database as long as nobody's name, role or place has changed."""

    def __init__(self, ledger: Ledger, rosters: Rosters, now: Callable[[], datetime]) -> None:
        self._ledger, self._rosters, self._now = ledger, rosters, now
        self._stamp: tuple[str, datetime] | None = None
        self._seen: dict[str, tuple[str, datetime]] = {}

    async def look(self, station: str) -> None:
        """Sign the station a new roster if it is due, which tells it so in the same transaction."""
        now, stamp = self._now(), await self._newest_stamp()
        seen, at = self._seen.get(station, (None, now))
        if seen == stamp and now - at < AT_LEAST:
            return
        try:
            await self._rosters.current(station)
        except SetupError as error:
            log.warning("no roster of %s: %s", station, error)
        self._seen[station] = (stamp, now)

    async def _newest_stamp(self) -> str:
        now = self._now()
        if self._stamp is None or not timedelta(0) <= now - self._stamp[1] < LOOKED_EVERY:
            async with self._ledger.transaction(PersonBooks) as books:
                self._stamp = await books.stamp(), now
        return self._stamp[0]
