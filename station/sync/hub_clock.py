"""How far this machine's clock lies from the hub's, by the `Date` of its answers: told, recorded, never punished."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime


class HubClock:
    """Written by the sync thread, read by any."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._ahead: timedelta | None = None

    @property
    def ahead(self) -> timedelta | None:
        """By how much this machine's clock is ahead of the hub's, negative where it is behind; None: not known."""
        return self._ahead

    def heard(self, date: str, took: timedelta) -> None:
        """An answer's `Date`, which the hub wrote somewhere within the time that the exchange took."""
        try:
            hubs = parsedate_to_datetime(date)
        except ValueError:
            return
        if hubs.tzinfo is None:
            hubs = hubs.replace(tzinfo=UTC)
        self._ahead = self._now() - took / 2 - hubs
