"""The newest word of each station about itself."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select

from provincial_hub.keeping.books import Books
from provincial_hub.keeping.dialect import upsert
from provincial_hub.keeping.tables import reports


class ReportBooks(Books):
    """Open for one transaction."""

    async def of(self, station: str) -> dict[str, Any] | None:
        found = await self._connection.scalar(select(reports.c.document).where(reports.c.station == station))
        return json.loads(found) if found else None

    async def keep(self, station: str, report: dict[str, Any], clock_offset_ms: int, at: str) -> None:
        """In the place of the one before it."""
        told = {
            "received_at": at,
            "clock_offset_ms": clock_offset_ms,
            "document": json.dumps(report, ensure_ascii=False),
        }
        statement = upsert(self._connection, reports).values(station=station, **told)
        await self._connection.execute(statement.on_conflict_do_update(index_elements=["station"], set_=told))
