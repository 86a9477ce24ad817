"""What each station has used of its quotas: one row for each kind, begun anew with each period."""

from __future__ import annotations

from sqlalchemy import case, select
from sqlalchemy.ext.asyncio import AsyncConnection

from provincial_hub.keeping.dialect import upsert
from provincial_hub.keeping.tables import usage


class UsageBooks:
    """Open for one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def used(self, station: str, what: str, period: str) -> int:
        row = select(usage.c.used).where(usage.c.station == station, usage.c.what == what, usage.c.period == period)
        return await self._connection.scalar(row) or 0

    async def use(self, station: str, what: str, period: str, more: int) -> int:
        """Add to what was used in this period; returns all of it."""
        statement = upsert(self._connection, usage).values(station=station, what=what, period=period, used=more)
        added = statement.on_conflict_do_update(
            index_elements=["station", "what"],
            set_={"period": period, "used": case((usage.c.period == period, usage.c.used + more), else_=more)},
        ).returning(usage.c.used)
        return int((await self._connection.execute(added)).scalar_one())
