"""The ledger of what was received: reads and writes of the database, one short transaction at a time."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import QueuePool

from provincial_hub.keeping.books import Books, Opened
from provincial_hub.keeping.dialect import alone, is_worth_another_try, upsert
from provincial_hub.keeping.tables import announced, counters, dossiers, events, pages
from provincial_hub.receiving.answers import Reason
from provincial_hub.receiving.events import Event, HeldDossier


@dataclass(frozen=True, slots=True)
class KeptEvent:
    """An event as the ledger has it. `receipt` is there once the event is accepted, `reason` for a conflict."""

    station: str
    seq: int
    digest: str
    dossier_id: str
    pages: tuple[str, ...]
    receipt: dict[str, Any] | None
    reason: Reason | None


Result = TypeVar("Result")


class Ledger:
    """The hub's books. Everything inside one `transaction` is kept together, durably, or not at all."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    @asynccontextmanager
    async def transaction(self, books: type[Opened]) -> AsyncIterator[Opened]:
        """Open one part of the books; `beside` opens another in the same transaction."""
        async with self._engine.begin() as connection:
            yield books(connection)

    async def carry_out(
        self, books: type[Opened], work: Callable[[Opened], Awaitable[Result]], *alone_with: str
    ) -> Result:
        """Do `work` in one transaction, and once more where another one was in the way.

        No other transaction of any node that names one of `alone_with` runs meanwhile. Where there are several, name
        them in the same order everywhere: the station first, then the dossier.
        """
        try:
            return await self._once(books, work, alone_with)
        except DBAPIError as error:
            if not is_worth_another_try(error):
                raise
        return await self._once(books, work, alone_with)

    async def _once(
        self, books: type[Opened], work: Callable[[Opened], Awaitable[Result]], alone_with: Sequence[str]
    ) -> Result:
        async with self._engine.begin() as connection:
            for what in alone_with:
                await connection.run_sync(alone, what)
            return await work(books(connection))

    def connections(self) -> tuple[int, int]:
        """How many connections are in use, and how many there may be."""
        pool = self._engine.pool
        return (pool.checkedout(), pool.size()) if isinstance(pool, QueuePool) else (0, 0)

    async def close(self) -> None:
        await self._engine.dispose()


class EventBooks(Books):
    """Events, dossiers and pages, open for one transaction."""

    async def event(self, station: str, seq: int) -> KeptEvent | None:
        found = await self._connection.execute(select(events).where(events.c.station == station, events.c.seq == seq))
        row = found.mappings().one_or_none()
        if row is None:
            return None
        names = await self._connection.scalars(
            select(announced.c.sha256)
            .where(announced.c.station == station, announced.c.seq == seq)
            .order_by(announced.c.position)
        )
        return KeptEvent(
            station=station,
            seq=seq,
            digest=row["digest"],
            dossier_id=row["dossier_id"],
            pages=tuple(names),
            receipt=json.loads(row["receipt"]) if row["receipt"] else None,
            reason=Reason(row["reason_code"], row["reason_message"]) if row["reason_code"] else None,
        )

    async def dossier(self, dossier_id: str) -> HeldDossier | None:
        found = await self._connection.execute(select(dossiers).where(dossiers.c.dossier_id == dossier_id))
        row = found.mappings().one_or_none()
        return HeldDossier(row["station"], row["version"]) if row else None

    async def keep(self, event: Event, version: int, at: str) -> None:
        """Write an event that waits for its pages, and the version of the dossier that it makes."""
        await self._write(event, at, status="need_pages", version=version)
        row = {"dossier_id": event.dossier_id, "station": event.station, "version": version}
        statement = upsert(self._connection, dossiers).values(row)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=["dossier_id"], set_={"version": version})
        )

    async def keep_aside(self, event: Event, reason: Reason, at: str) -> None:
        """Write an event that a person must look at."""
        await self._write(event, at, status="conflict", reason_code=reason.code, reason_message=reason.message)

    async def accept(self, station: str, seq: int, hub_number: str, receipt: dict[str, Any]) -> None:
        await self._connection.execute(
            update(events)
            .where(events.c.station == station, events.c.seq == seq)
            .values(status="accepted", hub_number=hub_number, receipt=json.dumps(receipt, ensure_ascii=False))
        )

    async def complete(self, station: str, names: Sequence[str]) -> set[str]:
        """Which of these pages the hub holds durably from this station."""
        held: set[str] = set()
        for first in range(0, len(names), 500):  # SQLite limits the parameters of one statement
            wanted = pages.c.sha256.in_(names[first : first + 500])
            held.update(
                await self._connection.scalars(select(pages.c.sha256).where(pages.c.station == station, wanted))
            )
        return held

    async def page_size(self, station: str, sha256: str) -> int | None:
        """The size of a complete page of this station."""
        return await self._connection.scalar(
            select(pages.c.size).where(pages.c.station == station, pages.c.sha256 == sha256)
        )

    async def is_announced(self, station: str, sha256: str) -> bool:
        found = await self._connection.scalar(
            select(announced.c.seq).where(announced.c.station == station, announced.c.sha256 == sha256).limit(1)
        )
        return found is not None

    async def add_page(self, station: str, sha256: str, size: int, at: str, spooled_by: str | None = None) -> None:
        """Write that a page is durable: only after its file and name have been synced, in that node's spool or not."""
        row = {"station": station, "sha256": sha256, "size": size, "received_at": at, "spooled_by": spooled_by}
        await self._connection.execute(upsert(self._connection, pages).values(row).on_conflict_do_nothing())

    async def waiting_for(self, station: str, sha256: str) -> list[KeptEvent]:
        """The events of this station that announce the page and have no receipt yet."""
        numbers = await self._connection.scalars(
            select(events.c.seq)
            .join(announced, (announced.c.station == events.c.station) & (announced.c.seq == events.c.seq))
            .where(events.c.station == station, events.c.status == "need_pages", announced.c.sha256 == sha256)
            .order_by(events.c.seq)
        )
        return [kept for seq in numbers.all() if (kept := await self.event(station, seq))]

    async def next_in(self, series: str) -> int:
        """The next number of a series, from 1, without gaps but where some were passed over."""
        return await self.count_on(series, 1)

    async def count_on(self, series: str, more: int) -> int:
        """Let a series count on by this many; returns the last number. Its row is locked until the transaction ends."""
        statement = upsert(self._connection, counters).values(series=series, value=more)
        counted = statement.on_conflict_do_update(
            index_elements=["series"], set_={"value": counters.c.value + more}
        ).returning(counters.c.value)
        return int((await self._connection.execute(counted)).scalar_one())

    async def counted(self, series: str) -> int:
        """The last number of a series that was taken; 0 for none."""
        return await self._connection.scalar(select(counters.c.value).where(counters.c.series == series)) or 0

    async def highest_seq(self, station: str) -> int:
        """Of the events that are kept of a station, those in conflict included; 0 for none."""
        return await self._connection.scalar(select(func.max(events.c.seq)).where(events.c.station == station)) or 0

    async def waiting(self) -> int:
        """How many events still lack pages."""
        counted = await self._connection.scalar(
            select(func.count()).select_from(events).where(events.c.status == "need_pages")
        )
        return counted or 0

    async def _write(self, event: Event, at: str, **more: object) -> None:
        await self._connection.execute(
            insert(events).values(
                station=event.station,
                seq=event.seq,
                digest=event.digest,
                content=event.content.decode("utf-8"),
                dossier_id=event.dossier_id,
                number=event.number,
                kept_at=at,
                **more,
            )
        )
        if event.pages:
            rows = [
                {"station": event.station, "seq": event.seq, "position": position, "sha256": sha256}
                for position, sha256 in enumerate(event.pages)
            ]
            await self._connection.execute(insert(announced), rows)
