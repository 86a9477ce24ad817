"""What each station has used of its quotas: one row for each kind, begun anew with each period."""

from __future__ import annotations

from sqlalchemy import case, func, select

from provincial_hub.keeping.books import Books
from provincial_hub.keeping.dialect import upsert
from provincial_hub.keeping.tables import usage

EVERYBODY = ""
"""What is counted of all together; no station has this name."""


class UsageBooks(Books):
    """Open for one transaction."""

    async def used(self, station: str, what: str, period: str) -> int:
        row = select(usage.c.used).where(usage.c.station == station, usage.c.what == what, usage.c.period == period)
        return await self._connection.scalar(row) or 0

    async def note(self, station: str, what: str, period: str, used: int) -> None:
        """So much is used now."""
        row = {"period": period, "used": used}
        statement = upsert(self._connection, usage).values(station=station, what=what, **row)
        await self._connection.execute(statement.on_conflict_do_update(index_elements=["station", "what"], set_=row))

    async def used_of(self, station: str, kind: str, since: str) -> int:
        """The sum of what is told under every name that begins with `kind`, as far as it is not older than `since`."""
        chosen = select(func.sum(usage.c.used)).where(
            usage.c.station == station, usage.c.what.startswith(kind, autoescape=True), usage.c.period >= since
        )
        return int(await self._connection.scalar(chosen) or 0)

    async def use(self, station: str, what: str, period: str, more: int) -> int:
        """Add to what was used in this period; returns all of it."""
        statement = upsert(self._connection, usage).values(station=station, what=what, period=period, used=more)
        added = statement.on_conflict_do_update(
            index_elements=["station", "what"],
            set_={"period": period, "used": case((usage.c.period == period, usage.c.used + more), else_=more)},
        ).returning(usage.c.used)
        return int((await self._connection.execute(added)).scalar_one())
