"""What the page asks of the books, on both engines."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from provincial_hub.keeping import tables
from provincial_hub.keeping.database import open_database
from provincial_hub.keeping.figure_books import FigureBooks, MonthCount
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.station_view_books import StationViewBooks
from provincial_hub.keeping.view_books import CaseFilter, ViewBooks
from provincial_hub.keeping.visit_books import VisitBooks
from sqlalchemy import insert

from .conftest import at


def on(url: str, work: Callable[[Ledger], Awaitable[None]]) -> None:
    async def run() -> None:
        engine = await open_database(url)
        async with engine.begin() as connection:
            await connection.execute(insert(tables.cases), [case(number) for number in range(5)])
            row = {"id": "q", "dossier_id": "d1", "station": "T1", "seq": 1, "asked_at": at(), "fields": "[]"}
            await connection.execute(insert(tables.questions), [row])
            named = {"name": "T1", "token_sha256": "1" * 64, "enrolled_at": at(), "clock_offset_ms": 5}
            await connection.execute(insert(tables.stations), [named])
        try:
            await work(Ledger(engine))
        finally:
            await engine.dispose()

    asyncio.run(run())


def case(number: int) -> dict[str, object]:
    return {
        "dossier_id": f"d{number}",
        "station": "T1",
        "number": f"T1-{number}",
        "procedure": "1",
        "state": "done" if number == 4 else "received",
        "sealed_at": at(),
        "due_at": at(timedelta(hours=number)) if number else None,
        "ended_at": at() if number == 4 else None,
        "official_code": f"H15.01-261123-000{number}" if number else None,
        "pages": number,
        "reused_pages": int(number == 3),
        "facts": "{}",
    }


def test_lists_counts_and_figures_are_the_same_on_both(database):
    async def work(ledger: Ledger) -> None:
        async with ledger.transaction(ViewBooks) as books:
            first = await books.cases(CaseFilter(None), most=2)
            second = await books.cases(CaseFilter(None), first.after or "", most=2)
            assert [row.dossier_id for row in (*first.rows, *second.rows)] == ["d1", "d2", "d3", "d0"]
            assert (first.rows[0].questions, second.after) == (1, None)
            assert (await books.cases(CaseFilter(frozenset()))).rows == ()
            found = await books.cases(CaseFilter(None, text="H15.01-261123-0004"))
            assert [row.dossier_id for row in found.rows] == ["d4"]
            counts = await books.counts(None, at(timedelta(hours=2)), at(timedelta(hours=3)))
            assert (counts.open, counts.overdue, counts.soon, counts.without_code, counts.questions) == (4, 1, 1, 1, 1)
            story = await books.story("d1")
            assert story is not None
            assert [one["id"] for one in story.questions] == ["q"]
            months = await books.beside(FigureBooks).by_month(None, "2026-11", "2026-11")
            assert months == (MonthCount("T1", "2026-11", 5, 4, 1, 1, 1),)
            assert await books.beside(FigureBooks).by_month(None, "2026-12", "2026-12") == ()
            (station,) = await books.beside(StationViewBooks).stations(None)
            assert (station.name, station.clock_offset_ms, station.alarms) == ("T1", 5, 0)

    on(database, work)


def test_attempts_are_counted_before_they_are_looked_at_and_none_while_a_name_waits(database):
    async def work(ledger: Ledger) -> None:
        async with ledger.transaction(VisitBooks) as books:
            assert [await books.count_attempt("a", at()) for _ in range(3)] == [1, 2, 3]
            await books.wait("a", at(timedelta(seconds=30)))
            assert await books.count_attempt("a", at(timedelta(seconds=29))) is None
            assert await books.count_attempt("a", at(timedelta(seconds=30))) == 4
            await books.forgive("a")
            assert await books.count_attempt("a", at()) == 1

    on(database, work)
