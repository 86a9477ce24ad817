"""What is counted of dossiers by station and month; sums are made in the database, whatever their number."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, literal_column, select

from provincial_hub.keeping.books import Books
from provincial_hub.keeping.tables import cases


@dataclass(frozen=True, slots=True)
class MonthCount:
    """One station in one month (`2026-11`): what was received in it, and what ended in it."""

    station: str
    month: str
    received: int = 0
    digitised: int = 0
    """With at least one page that was captured or taken over."""
    reused: int = 0
    """With at least one page that had been digitised in an earlier dossier."""
    ended: int = 0
    """Done or refused, and with a deadline."""
    on_time: int = 0


class FigureBooks(Books):
    """Open for one transaction."""

    async def by_month(
        self, stations: frozenset[str] | None, first: str, last: str, station: str = ""
    ) -> tuple[MonthCount, ...]:
        """From month to month, both included, in the order of stations, then months."""
        received = await self._tallied(
            cases.c.sealed_at,
            (func.count(), _sum(cases.c.pages > 0), _sum(cases.c.reused_pages > 0)),
            [*_within(cases.c.sealed_at, first, last), *_visible(stations, station)],
        )
        ended = await self._tallied(
            cases.c.ended_at,
            (func.count(), _sum(cases.c.ended_at <= cases.c.due_at)),
            [
                *_within(cases.c.ended_at, first, last),
                *_visible(stations, station),
                cases.c.state.in_(("done", "refused")),
                cases.c.due_at.is_not(None),
            ],
        )
        return tuple(
            MonthCount(*key, *received.get(key, (0, 0, 0)), *ended.get(key, (0, 0)))
            for key in sorted({*received, *ended})
        )

    async def _tallied(
        self, moment: ColumnElement[str], sums: tuple[ColumnElement[int], ...], where: list[ColumnElement[bool]]
    ) -> dict[tuple[str, str], tuple[int, ...]]:
        month = func.substr(moment, literal_column("1"), literal_column("7"))  # parameters would not be grouped by
        chosen = select(cases.c.station, month, *sums).where(*where).group_by(cases.c.station, month)
        return {(row[0], row[1]): tuple(int(n) for n in row[2:]) for row in await self._connection.execute(chosen)}


def _sum(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((which, 1), else_=0))


def _within(moment: ColumnElement[str], first: str, last: str) -> list[ColumnElement[bool]]:
    year, month = divmod(int(last[:4]) * 12 + int(last[5:7]), 12)
    return [moment >= first, moment < f"{year:04d}-{month + 1:02d}"]


def _visible(stations: frozenset[str] | None, station: str) -> list[ColumnElement[bool]]:
    where = [cases.c.station == station] if station else []
    return where if stations is None else [*where, cases.c.station.in_(sorted(stations))]
