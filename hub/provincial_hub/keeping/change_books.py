"""What each station is told, in its own order without gaps; a station reads on from the cursor it has reached."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select

from provincial_hub.keeping.books import Books
from provincial_hub.keeping.dialect import upsert
from provincial_hub.keeping.ledger import EventBooks
from provincial_hub.keeping.tables import changes, counters
from provincial_hub.receipts import Signer


@dataclass(frozen=True, slots=True)
class ChangesRead:
    """Signed changes in their order, the cursor of the last, and whether there are more after it."""

    documents: list[dict[str, Any]]
    cursor: int
    more: bool


class ChangeBooks(Books):
    """Open for one transaction: what is told is told together with the fact itself, or not at all."""

    async def tell(self, station: str, subject: str, body: dict[str, Any], at: str, signer: Signer) -> int:
        """Write a change that the station will be told; returns its cursor.

        The counter's row stays locked until the transaction ends: no one reads a later change before an earlier one.
        """
        cursor = await EventBooks(self._connection).next_in(_series(station))
        said = {"kind": "change", "station": station, "cursor": cursor, "at": at, "subject": subject, "body": body}
        document = json.dumps(signer.sign(said), ensure_ascii=False)
        row = {"station": station, "cursor": cursor, "subject": subject, "document": document, "at": at}
        await self._connection.execute(insert(changes).values(row))
        return cursor

    async def tell_restored(self, station: str, highest_seq: int, at: str, signer: Signer) -> int:
        """The hub was brought back from a backup, and has this station's events up to here; returns the cursor.

        The station may have reached a cursor of the life that was lost: until it has read this one, it is sent back.
        """
        cursor = await self.tell(station, "hub.restored", {"highest_seq": highest_seq}, at, signer)
        await self._count(_unread(station), cursor)
        return cursor

    async def newest(self, station: str) -> int:
        """The cursor of the last change; 0 where the station has been told nothing."""
        return await self._counted(_series(station))

    async def after(self, station: str, cursor: int, limit: int) -> ChangesRead:
        """What comes after a cursor; one that the hub never gave out is answered with the newest."""
        newest, unread = await self.newest(station), await self._counted(_unread(station))
        if 0 < unread <= cursor:
            if cursor != await self._counted(_handed(station)):
                return ChangesRead([], unread - 1, more=True)
            # It comes from where the answer that held the word left it: the word was kept there.
            marks = counters.c.series.in_([_unread(station), _handed(station)])
            await self._connection.execute(delete(counters).where(marks))
            unread = 0
        chosen = (
            select(changes.c.cursor, changes.c.document)
            .where(changes.c.station == station, changes.c.cursor > cursor, changes.c.cursor <= newest)
            .order_by(changes.c.cursor)
            .limit(limit)
        )
        rows = (await self._connection.execute(chosen)).all()
        if rows and 0 < unread <= rows[-1].cursor:
            await self._count(_handed(station), rows[-1].cursor)
        reached = rows[-1].cursor if rows else min(cursor, newest)
        return ChangesRead([json.loads(row.document) for row in rows], reached, reached < newest)

    async def _count(self, series: str, value: int) -> None:
        statement = upsert(self._connection, counters).values(series=series, value=value)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["series"], set_={"value": value})
        )

    async def _counted(self, series: str) -> int:
        return await self._connection.scalar(select(counters.c.value).where(counters.c.series == series)) or 0


def _series(station: str) -> str:
    return f"changes/{station}"


def _unread(station: str) -> str:
    """The cursor of a `hub.restored` that the station has not read yet."""
    return f"restored/{station}"


def _handed(station: str) -> str:
    """Where the answer ended that told it so last."""
    return f"restored-handed/{station}"
