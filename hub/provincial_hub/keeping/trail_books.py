"""The heads of the stations' audit trails and the alarms about them, in the database; one transaction at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, update

from provincial_hub.keeping.books import Books
from provincial_hub.keeping.dialect import upsert
from provincial_hub.keeping.tables import alarms, heads
from provincial_hub.receiving.trail import Head, Known

FIRST_REQUEST_KEY = "first_request_key"
"""An alarm that is not about the trail: a station that signed nothing has told a key, and from now on signs with it."""
_ABOUT_THE_TRAIL = alarms.c.kind != FIRST_REQUEST_KEY


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest head of a station, and how many alarms nobody has settled."""

    seq: int
    hash: str
    alarms: int


class TrailBooks(Books):
    """Open for one transaction."""

    async def known(self, station: str, seq: int, enrolled_key: str | None) -> Known:
        """What bears on a head of `seq` lines. Without a key from the enrolment, that of the first head counts.

        Once somebody has settled an alarm, the heads from then on are held against each other alone.
        """
        settled = await self._connection.scalar(
            select(func.max(alarms.c.settled_at)).where(alarms.c.station == station, _ABOUT_THE_TRAIL)
        )
        counted = (heads.c.station == station, heads.c.received_at > (settled or ""))
        chosen = (
            select(heads.c.seq, heads.c.at).where(*counted).order_by(heads.c.seq.desc(), heads.c.at.desc()).limit(1)
        )
        newest = (await self._connection.execute(chosen)).first()
        same = await self._connection.scalar(select(heads.c.hash).where(*counted, heads.c.seq == seq).limit(1))
        key = enrolled_key
        if key is None:
            oldest = select(heads.c.text).where(*counted).order_by(heads.c.received_at, heads.c.seq).limit(1)
            text = await self._connection.scalar(oldest)
            key = text.split("|")[4] if text else None
        return Known(key, (newest.seq, datetime.fromisoformat(newest.at)) if newest else None, same)

    async def keep(self, station: str, head: Head, at: str) -> None:
        """Keep a head as it came; the same one again counts from now."""
        row = {"station": station, "seq": head.seq, "hash": head.hash, "at": head.at.isoformat(), "text": head.text}
        kept = upsert(self._connection, heads).values(**row, received_at=at)
        await self._connection.execute(
            kept.on_conflict_do_update(index_elements=["station", "seq", "hash"], set_={"received_at": at})
        )

    async def raise_alarm(self, station: str, kind: str, seq: int | None, text: str, at: str) -> bool:
        """Write an alarm down; False while one of this kind stands that nobody has settled."""
        same = select(alarms.c.id).where(
            alarms.c.station == station, alarms.c.kind == kind, alarms.c.settled_at.is_(None)
        )
        if await self._connection.scalar(same) is not None:
            return False
        row = {"station": station, "kind": kind, "seq": seq, "text": text, "raised_at": at}
        await self._connection.execute(insert(alarms).values(row))
        return True

    async def newest(self, station: str) -> Newest | None:
        chosen = (
            select(heads.c.seq, heads.c.hash).where(heads.c.station == station).order_by(heads.c.seq.desc()).limit(1)
        )
        row = (await self._connection.execute(chosen)).first()
        return Newest(row.seq, row.hash, await self.unsettled(station)) if row else None

    async def unsettled(self, station: str) -> int:
        """How many alarms about its trail nobody has settled."""
        of_it = (alarms.c.station == station, alarms.c.settled_at.is_(None), _ABOUT_THE_TRAIL)
        open_ones = select(func.count()).where(*of_it)
        return await self._connection.scalar(open_ones) or 0

    async def settle(self, alarm: int, by: str, note: str, at: str) -> bool:
        """Somebody has looked into it; False where there is no such open alarm."""
        done = await self._connection.execute(
            update(alarms)
            .where(alarms.c.id == alarm, alarms.c.settled_at.is_(None))
            .values(settled_at=at, settled_by=by, note=note)
        )
        return bool(done.rowcount)
