"""Drops rows that have served their purpose, some at a time; what is evidence is never among them."""

from __future__ import annotations

from sqlalchemy import delete, exists, func, select, tuple_

from provincial_hub.keeping.books import Books
from provincial_hub.keeping.tables import announced, events, handovers, invitations, outgoing, pages, previews


class PruneBooks(Books):
    """Open for one transaction. Each returns how many it dropped: fewer than `most` where none is left."""

    async def outgoing(self, before: str, most: int) -> int:
        """What happened before then and was taken by every target, or given up for it.

        The newest row stays: SQLite counts on from it, and no message may get the number of another.
        """
        newest = select(func.max(outgoing.c.id)).scalar_subquery()
        waits = exists().where(handovers.c.outgoing_id == outgoing.c.id, handovers.c.done_at.is_(None))
        chosen = (
            select(outgoing.c.id)
            .where(outgoing.c.at < before, outgoing.c.id < newest, ~waits)
            .order_by(outgoing.c.id)
            .limit(most)
        )
        numbers = list(await self._connection.scalars(chosen))
        if numbers:
            await self._connection.execute(delete(handovers).where(handovers.c.outgoing_id.in_(numbers)))
            await self._connection.execute(delete(outgoing).where(outgoing.c.id.in_(numbers)))
        return len(numbers)

    async def previews(self, before: str, most: int) -> int:
        """Of pages that had come by then, once every page of each dossier that has them is here."""
        waiting = exists().where(
            announced.c.station == previews.c.station,
            announced.c.sha256 == previews.c.sha256,
            events.c.station == announced.c.station,
            events.c.seq == announced.c.seq,
            events.c.status == "need_pages",
        )
        come = exists().where(
            pages.c.station == previews.c.station, pages.c.sha256 == previews.c.sha256, pages.c.received_at < before
        )
        chosen = select(previews.c.station, previews.c.sha256).where(come, ~waiting).limit(most)
        found = [tuple(row) for row in await self._connection.execute(chosen)]
        if found:
            named = tuple_(previews.c.station, previews.c.sha256).in_(found)
            await self._connection.execute(delete(previews).where(named))
        return len(found)

    async def invitations(self, before: str, most: int) -> int:
        """Codes that were used, or could not be used any more, by then."""
        over = func.coalesce(invitations.c.used_at, invitations.c.expires_at) < before
        chosen = select(invitations.c.secret_sha256).where(over).limit(most)
        found = list(await self._connection.scalars(chosen))
        if found:
            await self._connection.execute(delete(invitations).where(invitations.c.secret_sha256.in_(found)))
        return len(found)
