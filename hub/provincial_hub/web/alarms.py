"""Alarms about the stations' audit trails, and settling them with a note."""

from __future__ import annotations

from starlette.responses import Response

from provincial_hub.keeping.deed_books import DeedBooks
from provincial_hub.keeping.station_view_books import StationViewBooks
from provincial_hub.keeping.trail_books import TrailBooks
from provincial_hub.web.exchange import Exchange, NotFoundError

LONGEST = 2000


async def listed(exchange: Exchange) -> Response:
    return await _shown(exchange)


async def settle(exchange: Exchange) -> Response:
    asked, note = exchange.named("alarm"), exchange.form.get("note", "").strip()
    number = int(asked) if asked.isdecimal() and len(asked) < 16 else 0
    async with exchange.ledger.transaction(StationViewBooks) as books:
        alarm = await books.alarm(number)
        if alarm is None:
            raise NotFoundError
        station = str(alarm["station"])
        exchange.must_see(station)
        if note and len(note) <= LONGEST:
            at, by = exchange.at(), exchange.visitor.id
            done = await books.beside(TrailBooks).settle(number, by, note, at)
            if done:
                detail = {"alarm": number, "kind": alarm["kind"]}
                await books.beside(DeedBooks).write(at, by, "alarm_settled", station=station, detail=detail)
            return exchange.go("/canh-bao", "alarm_settled" if done else "alarm_was_settled")
    return await _shown(exchange, 422, number)


async def _shown(exchange: Exchange, status: int = 200, faulty: int | None = None) -> Response:
    async with exchange.ledger.transaction(StationViewBooks) as books:
        found = await books.alarms(exchange.visitor.stations)
    return exchange.page("alarms.html", status, alarms=found, faulty=faulty, note=exchange.form.get("note", ""))
