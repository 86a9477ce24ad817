"""What the page asks about stations, and the alarms about their audit trails."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from provincial_hub.keeping.books import Books
from provincial_hub.keeping.tables import alarms, deeds, events, reports, stations


@dataclass(frozen=True, slots=True)
class StationSeen:
    """A station as the hub knows it; `report` is its newest word about itself."""

    name: str
    enrolled_at: str
    seen_at: str | None
    shut_out_at: str | None
    shut_out_by: str | None
    shut_out_reason: str | None
    reported_at: str | None
    clock_offset_ms: int | None
    report: Mapping[str, Any]
    alarms: int
    incomplete: int
    """Events that still lack pages."""


class StationViewBooks(Books):
    """Open for one transaction. `visible` are the stations that the visitor may see, None for all."""

    async def stations(self, visible: frozenset[str] | None, name: str = "") -> tuple[StationSeen, ...]:
        counted = select(alarms.c.station, func.count()).where(alarms.c.settled_at.is_(None)).group_by(alarms.c.station)
        lacking = (
            select(events.c.station, func.count()).where(events.c.status == "need_pages").group_by(events.c.station)
        )
        open_alarms = {row[0]: int(row[1]) for row in await self._connection.execute(counted)}
        incomplete = {row[0]: int(row[1]) for row in await self._connection.execute(lacking)}
        off = func.coalesce(stations.c.clock_offset_ms, reports.c.clock_offset_ms).label("off")
        chosen = select(stations, reports.c.received_at, off, reports.c.document).join(
            reports, reports.c.station == stations.c.name, isouter=True
        )
        if visible is not None:
            chosen = chosen.where(stations.c.name.in_(sorted(visible)))
        if name:
            chosen = chosen.where(stations.c.name == name)
        found = (await self._connection.execute(chosen.order_by(stations.c.name))).mappings()
        return tuple(
            StationSeen(
                name=row["name"],
                enrolled_at=row["enrolled_at"],
                seen_at=max(filter(None, (row["seen_at"], row["received_at"])), default=None),
                shut_out_at=row["shut_out_at"],
                shut_out_by=row["shut_out_by"],
                shut_out_reason=row["shut_out_reason"],
                reported_at=row["received_at"],
                clock_offset_ms=row["off"],
                report=json.loads(row["document"]) if row["document"] else {},
                alarms=open_alarms.get(row["name"], 0),
                incomplete=incomplete.get(row["name"], 0),
            )
            for row in found
        )

    async def names(self, visible: frozenset[str] | None) -> tuple[str, ...]:
        found = await self._connection.scalars(select(stations.c.name).order_by(stations.c.name))
        return tuple(name for name in found if visible is None or name in visible)

    async def deeds_at(self, station: str, most: int = 50) -> tuple[Mapping[str, Any], ...]:
        """What people did with a station, newest first; never what they did with a dossier of it."""
        return await self._all(
            select(deeds)
            .where(deeds.c.station == station, deeds.c.dossier_id.is_(None))
            .order_by(deeds.c.id.desc())
            .limit(most)
        )

    async def alarms(self, visible: frozenset[str] | None, most: int = 200) -> tuple[Mapping[str, Any], ...]:
        """Those that nobody has settled first, then the newest."""
        chosen = select(alarms).order_by(alarms.c.settled_at.is_not(None), alarms.c.id.desc()).limit(most)
        if visible is not None:
            chosen = chosen.where(alarms.c.station.in_(sorted(visible)))
        return await self._all(chosen)

    async def alarm(self, number: int) -> Mapping[str, Any] | None:
        found = await self._all(select(alarms).where(alarms.c.id == number))
        return found[0] if found else None

    async def _all(self, statement: Any) -> tuple[Mapping[str, Any], ...]:
        return tuple(dict(row) for row in (await self._connection.execute(statement)).mappings())
