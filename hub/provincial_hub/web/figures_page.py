"""The figures of a range of months, as a page to be printed and as CSV."""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

from starlette.responses import Response

from provincial_hub.clock import VIETNAM
from provincial_hub.keeping.figure_books import FigureBooks, MonthCount
from provincial_hub.keeping.station_view_books import StationViewBooks
from provincial_hub.web.csv_table import csv_table
from provincial_hub.web.exchange import Exchange
from provincial_hub.web.figures import NOT_COMPUTED, PUNCTUAL_POINTS, REUSE_GOAL, figures

_MONTH = re.compile(r"20[0-9]{2}-(?:0[1-9]|1[0-2])")
_MONTHS_SHOWN = 3


class _Asked(NamedTuple):
    names: tuple[str, ...]
    station: str
    first: str
    last: str
    counts: tuple[MonthCount, ...]


async def shown(exchange: Exchange) -> Response:
    asked = await _counted(exchange)
    return exchange.page(
        "figures.html",
        asked=asked,
        total=figures(asked.counts),
        rows=[(one, figures([one])) for one in asked.counts],
        not_computed=NOT_COMPUTED,
        most_points=PUNCTUAL_POINTS,
        reuse_goal=REUSE_GOAL,
    )


async def as_csv(exchange: Exchange) -> Response:
    """Counts and denominators, no shares: whoever adds rows up must not average shares."""
    asked = await _counted(exchange)
    columns = ("station", "month", "received", "digitised", "reused", "ended", "on_time")
    head = [exchange.words(f"figures.column.{name}") for name in columns]
    rows = [[getattr(one, name) for name in columns] for one in asked.counts]
    return Response(
        csv_table([head, *rows]),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="so-lieu-{asked.first}-{asked.last}.csv"'},
    )


async def _counted(exchange: Exchange) -> _Asked:
    query, visible = exchange.query, exchange.visitor.stations
    last = _month(query.get("den", ""), _months_before(exchange.now, 0))
    first = _month(query.get("tu", ""), _months_before(exchange.now, _MONTHS_SHOWN - 1))
    first, last = min(first, last), max(first, last)
    async with exchange.ledger.transaction(StationViewBooks) as books:
        names = await books.names(visible)
        station = query.get("tram", "") if query.get("tram", "") in names else ""
        counts = await books.beside(FigureBooks).by_month(visible, first, last, station)
    return _Asked(names, station, first, last, counts)


def _month(asked: str, otherwise: str) -> str:
    return asked if _MONTH.fullmatch(asked) else otherwise


def _months_before(now: datetime, months: int) -> str:
    here = now.astimezone(VIETNAM)
    year, month = divmod(here.year * 12 + here.month - 1 - months, 12)
    return f"{year:04d}-{month + 1:02d}"
