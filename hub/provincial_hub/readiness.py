"""Whether this node can do its work: its database, room in its spool, the store of pages, its clock."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from starlette.datastructures import State

from provincial_hub.keeping.metric_books import MetricBooks

log = logging.getLogger(__name__)

LEAST_ROOM = 256 << 20
"""Bytes. Eight of the largest pages: with less, a page would soon break off in the middle."""
PATIENCE = 5.0
MOST_BEHIND = timedelta(minutes=2)
NOBODYS = "readiness/" + "0" * 64
_DISPENSABLE = {"pages"}
"""Pages are durable in the spool before a receipt is given: without their store a node goes on while it has room."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Which parts work."""

    parts: dict[str, bool]

    @property
    def ready(self) -> bool:
        return all(works for part, works in self.parts.items() if part not in _DISPENSABLE)

    @property
    def failing(self) -> list[str]:
        return sorted(part for part, works in self.parts.items() if not works)


async def look(state: State) -> Readiness:
    """Try every part of a node; none is waited for longer than a few seconds."""
    told = await asyncio.gather(
        _works("database", _database(state)),
        _works("spool", _spool(state.settings.spool)),
        _works("pages", _pages(state)),
        _works("clock", _clock(state)),
    )
    return Readiness(dict(told))


async def _works(part: str, tried: Awaitable[bool]) -> tuple[str, bool]:
    try:
        async with asyncio.timeout(PATIENCE):
            return part, await tried
    except Exception as error:  # whatever it is, the part does not work
        log.warning("not ready: %s: %s", part, type(error).__name__)
        return part, False


async def _database(state: State) -> bool:
    async with state.ledger.transaction(MetricBooks) as books:
        await books.newest_contact()
    return True


async def _spool(folder: Path) -> bool:
    def tried() -> bool:
        probe = folder / f".ready-{os.getpid()}"
        try:
            with probe.open("wb") as out:
                out.write(b"ready")
                out.flush()
                os.fsync(out.fileno())
        finally:
            probe.unlink(missing_ok=True)
        return shutil.disk_usage(folder).free >= LEAST_ROOM

    return await asyncio.to_thread(tried)


async def _pages(state: State) -> bool:
    await asyncio.to_thread(state.page_store.head, NOBODYS)
    return True


async def _clock(state: State) -> bool:
    """No node has heard of a station later than now: else this clock, or that of the other node, is wrong."""
    async with state.ledger.transaction(MetricBooks) as books:
        newest = await books.newest_contact()
    now: datetime = state.now()
    return newest is None or datetime.fromisoformat(newest) <= now + MOST_BEHIND
