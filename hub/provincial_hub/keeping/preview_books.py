"""Previews: what people can look at while a page is still on its way."""

from __future__ import annotations

from sqlalchemy import select

from provincial_hub.keeping.books import Books
from provincial_hub.keeping.dialect import upsert
from provincial_hub.keeping.tables import previews


class PreviewBooks(Books):
    """Open for one transaction."""

    async def put(self, station: str, sha256: str, media_type: str, content: bytes, at: str) -> bool:
        """Keep the preview of a page; False where it took the place of another."""
        named = (previews.c.station == station) & (previews.c.sha256 == sha256)
        first = await self._connection.scalar(select(previews.c.sha256).where(named)) is None
        told = {"media_type": media_type, "content": content, "received_at": at}
        statement = upsert(self._connection, previews).values(station=station, sha256=sha256, **told)
        await self._connection.execute(statement.on_conflict_do_update(index_elements=["station", "sha256"], set_=told))
        return first
