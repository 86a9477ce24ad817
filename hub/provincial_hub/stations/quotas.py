"""What one station may bring: events in a minute, bytes in a day, pages begun at a time; `[quotas]` of `hub.toml`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from provincial_hub.errors import RefusedError
from provincial_hub.hub_toml import Section
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.usage_books import UsageBooks

_MOST = 1 << 50
_BEGUN = "begun at "


@dataclass(frozen=True, slots=True)
class Quota:
    """Far above what a counter brings on its worst day: a bound for a station that has gone wrong or was taken over."""

    bytes_a_day: int = 16 << 30
    events_a_minute: int = 600
    pages_begun: int = 256


@dataclass(frozen=True, slots=True)
class Quotas:
    """One for every station, and others for those that `[quotas.of.NAME]` names."""

    usual: Quota = Quota()
    of: Mapping[str, Quota] = field(default_factory=dict)

    @classmethod
    def read(cls, section: Section) -> Quotas:
        """Raises `SetupError`."""
        named = section.section("of")
        usual = _quota(section, Quota())
        return cls(usual, {name: _quota(named.section(name), usual) for name in named.names()})

    def for_station(self, station: str) -> Quota:
        return self.of.get(station, self.usual)


class Allowance:
    """Raises `RefusedError("station.quota")` for what goes beyond a quota, before any of it is kept.

    `begun` counts the pages that a station has begun and not ended at this node; the others' are in the books.
    """

    def __init__(
        self, ledger: Ledger, quotas: Quotas, node: str, begun: Callable[[str], int], now: Callable[[], datetime]
    ) -> None:
        self._ledger, self._quotas, self._node, self._begun, self._now = ledger, quotas, node, begun, now

    async def take_events(self, station: str, number: int) -> None:
        now = self._now()
        async with self._ledger.transaction(UsageBooks) as books:
            used = await books.use(station, "events", f"{now:%Y-%m-%dT%H:%M}", number)
            if used > self._quotas.for_station(station).events_a_minute:
                raise RefusedError("station.quota", "too many events in this minute", 60 - now.second)

    async def must_have_room(self, station: str, size: int) -> None:
        """For a page or preview of this size, which is counted once it is here."""
        now = self._now()
        quota = self._quotas.for_station(station)
        async with self._ledger.transaction(UsageBooks) as books:
            used = await books.used(station, "bytes", f"{now:%Y-%m-%d}")
        if used + size > quota.bytes_a_day:
            tomorrow = datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)
            raise RefusedError("station.quota", "too many bytes today", max(1, int((tomorrow - now).total_seconds())))

    async def must_not_begin_more(self, station: str) -> None:
        """Each node tells how many it holds when one is begun or ended there; a word of another day counts no more."""
        here, today = self._begun(station), f"{self._now():%Y-%m-%d}"
        async with self._ledger.transaction(UsageBooks) as books:
            await books.note(station, f"{_BEGUN}{self._node}", today, here)
            begun = await books.used_of(station, _BEGUN, today)
        if begun >= self._quotas.for_station(station).pages_begun:
            raise RefusedError("station.quota", "too many pages are begun and not ended", 60)

    async def count_bytes(self, station: str, size: int) -> None:
        """A page or preview has ended."""
        today = f"{self._now():%Y-%m-%d}"
        async with self._ledger.transaction(UsageBooks) as books:
            await books.use(station, "bytes", today, size)
            await books.note(station, f"{_BEGUN}{self._node}", today, self._begun(station))


def _quota(section: Section, otherwise: Quota) -> Quota:
    """A batch and a page always fit: what never fits would be tried for ever."""
    quota = Quota(
        section.number("bytes_a_day", otherwise.bytes_a_day, 32 << 20, _MOST),
        section.number("events_a_minute", otherwise.events_a_minute, 50, _MOST),
        section.number("pages_begun", otherwise.pages_begun, 1, _MOST),
    )
    section.done()
    return quota
