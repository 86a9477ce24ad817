"""Packs of procedures: their bytes, and which stations were told of which."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, insert, select

from provincial_hub.keeping.books import Books
from provincial_hub.keeping.tables import offers, procedure_packs


@dataclass(frozen=True, slots=True)
class Pack:
    """`version` grows with every pack of this hub."""

    sha256: str
    version: int
    content: bytes


class PackBooks(Books):
    """Open for one transaction."""

    async def keep(self, sha256: str, content: bytes, at: str, above: int = 0) -> int:
        """Keep a pack as the newest, of a version above `above`; one that is newest already keeps its own."""
        newest = max(await self._connection.scalar(select(func.max(procedure_packs.c.version))) or 0, above)
        chosen = select(procedure_packs.c.version).where(procedure_packs.c.sha256 == sha256)
        kept = await self._connection.scalar(chosen)
        if kept is not None and kept == newest:
            return newest
        await self._connection.execute(procedure_packs.delete().where(procedure_packs.c.sha256 == sha256))
        row = {"sha256": sha256, "version": newest + 1, "content": content, "offered_at": at}
        await self._connection.execute(insert(procedure_packs).values(row))
        return newest + 1

    async def offer(self, station: str, sha256: str) -> None:
        """Let a station have a pack from now on."""
        known = select(offers.c.sha256).where(offers.c.station == station, offers.c.sha256 == sha256)
        if await self._connection.scalar(known) is None:
            await self._connection.execute(insert(offers).values(station=station, sha256=sha256))

    async def offered(self, station: str, sha256: str) -> Pack | None:
        """A pack that this station was told of."""
        chosen = (
            select(procedure_packs)
            .join(offers, offers.c.sha256 == procedure_packs.c.sha256)
            .where(offers.c.station == station, offers.c.sha256 == sha256)
        )
        row = (await self._connection.execute(chosen)).one_or_none()
        return Pack(row.sha256, row.version, row.content) if row else None
