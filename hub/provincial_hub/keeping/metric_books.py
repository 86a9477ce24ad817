"""Figures of the whole hub for whoever watches it, summed in the database: no row of them is about one station."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from provincial_hub.hub_number import PASSED_OVER
from provincial_hub.keeping.books import Books
from provincial_hub.keeping.outgoing_books import OutgoingBooks
from provincial_hub.keeping.tables import alarms, counters, events, pages, reports, stations


@dataclass(frozen=True, slots=True)
class Standing:
    """Counts since ever, and how much waits; seconds are ages."""

    receipts: float
    changes: float
    waiting_for_pages: float
    unmoved_pages: float
    unmoved_bytes: float
    unmoved_seconds: float
    stations: dict[str, float]
    stations_backlog: dict[str, float]
    alarms: dict[str, float]
    outbox_waiting: dict[str, float]
    outbox_set_aside: dict[str, float]
    outbox_seconds: dict[str, float]


class MetricBooks(Books):
    """Open for one transaction."""

    async def newest_contact(self) -> str | None:
        """By the clock of the node that heard it."""
        newest: str | None = await self._connection.scalar(select(func.max(stations.c.seen_at)))
        return newest

    async def standing(self, unit: str, now: datetime) -> Standing:
        unmoved = pages.c.spooled_by.is_not(None)
        lying = (
            await self._connection.execute(
                select(func.count(), func.sum(pages.c.size), func.min(pages.c.received_at)).where(unmoved)
            )
        ).one()
        backlog = await OutgoingBooks(self._connection).backlog()
        return Standing(
            receipts=await self._counted(f"{unit}-%") - await self._counted(f"{PASSED_OVER}{unit}-%"),
            changes=await self._counted("changes/%"),
            waiting_for_pages=await self._connection.scalar(
                select(func.count()).select_from(events).where(events.c.status == "need_pages")
            )
            or 0,
            unmoved_pages=lying[0],
            unmoved_bytes=float(lying[1] or 0),
            unmoved_seconds=_age(lying[2], now),
            stations=await self._stations(now),
            stations_backlog=await self._reported(now),
            alarms=await self._alarms(),
            outbox_waiting={one.target: one.waiting for one in backlog},
            outbox_set_aside={one.target: one.set_aside for one in backlog},
            outbox_seconds={one.target: _age(one.oldest_at, now) for one in backlog},
        )

    async def _counted(self, series: str) -> float:
        """The sum of series that count from one."""
        total = select(func.sum(counters.c.value)).where(counters.c.series.like(series))
        return float(await self._connection.scalar(total) or 0)

    async def _alarms(self) -> dict[str, float]:
        """Of each kind, how many nobody has settled."""
        unsettled = select(alarms.c.kind, func.count()).where(alarms.c.settled_at.is_(None)).group_by(alarms.c.kind)
        return {kind: float(number) for kind, number in await self._connection.execute(unsettled)}

    async def _stations(self, now: datetime) -> dict[str, float]:
        an_hour_ago = (now - timedelta(hours=1)).isoformat()
        enrolled = stations.c.shut_out_at.is_(None)
        row = (
            await self._connection.execute(
                select(
                    func.count().filter(enrolled),
                    func.count(stations.c.shut_out_at),
                    func.count().filter(enrolled, stations.c.seen_at >= an_hour_ago),
                ).select_from(stations)
            )
        ).one()
        return dict(zip(("enrolled", "shut_out", "seen_last_hour"), row, strict=True))

    async def _reported(self, now: datetime) -> dict[str, float]:
        told = [json.loads(text) for text in await self._connection.scalars(select(reports.c.document))]
        oldest = min((one["oldest_waiting_at"] for one in told if one.get("oldest_waiting_at")), default=None)
        sums = {
            name: float(sum(one.get(name) or 0 for one in told)) for name in ("waiting", "refused", "bytes_waiting")
        }
        return {**sums, "oldest_seconds": _age(oldest, now)}


def _age(at: str | None, now: datetime) -> float:
    return max(0.0, (now - datetime.fromisoformat(at)).total_seconds()) if at else 0.0
