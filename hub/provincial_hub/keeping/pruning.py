"""Every night: drops what has served its purpose; `[keep]` of `hub.toml` says after how many days."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from provincial_hub.hub_toml import Section
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.prune_books import PruneBooks

log = logging.getLogger(__name__)

AT = time(2, 30)
AT_ONCE = 200
_BREATH = 0.2
"""Seconds between two batches: no station waits behind a whole night's work."""

Drop = Callable[[PruneBooks, str, int], Awaitable[int]]


@dataclass(frozen=True, slots=True)
class Keep:
    """For how many days: what outside systems have taken, previews of pages that are here, codes that were used."""

    outgoing_days: int = 400
    preview_days: int = 30
    invitation_days: int = 90

    @classmethod
    def read(cls, section: Section) -> Keep:
        """Raises `SetupError`."""
        usual = cls()
        keep = cls(
            section.number("outgoing_days", usual.outgoing_days, 7, 36_500),
            section.number("preview_days", usual.preview_days, 1, 36_500),
            section.number("invitation_days", usual.invitation_days, 7, 36_500),
        )
        section.done()
        return keep


async def prune_nightly(ledger: Ledger, keep: Keep, now: Callable[[], datetime]) -> None:
    """For as long as the node runs."""
    while True:
        await asyncio.sleep(until_night(now()))
        await prune(ledger, keep, now)


async def prune(ledger: Ledger, keep: Keep, now: Callable[[], datetime]) -> dict[str, int]:
    """A batch at a time, one node at a time; how many rows of each kind were dropped."""
    every: dict[str, tuple[Drop, int]] = {
        "outgoing": (PruneBooks.outgoing, keep.outgoing_days),
        "previews": (PruneBooks.previews, keep.preview_days),
        "invitations": (PruneBooks.invitations, keep.invitation_days),
    }
    dropped = dict.fromkeys(every, 0)
    for name, (drop, days) in every.items():
        before = (now() - timedelta(days=days)).isoformat()
        while some := await _some(ledger, drop, before):
            dropped[name] += some
            if some < AT_ONCE:
                break
            await asyncio.sleep(_BREATH)
    log.info("pruned: %s", ", ".join(f"{number} {name}" for name, number in dropped.items()))
    return dropped


def until_night(now: datetime) -> float:
    """Seconds until the next time that it is `AT`."""
    tonight = datetime.combine(now.date(), AT, now.tzinfo)
    return ((tonight if now < tonight else tonight + timedelta(days=1)) - now).total_seconds()


async def _some(ledger: Ledger, drop: Drop, before: str) -> int:
    async def work(books: PruneBooks) -> int:
        return await drop(books, before, AT_ONCE)

    return await ledger.carry_out(PruneBooks, work, "prune")
