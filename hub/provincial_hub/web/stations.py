"""Stations and their health, one station, and shutting it out or letting it in again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from urllib.parse import quote

from starlette.responses import Response

from provincial_hub.keeping.enrolment_books import EnrolmentBooks
from provincial_hub.keeping.station_view_books import StationViewBooks
from provincial_hub.stations import registry
from provincial_hub.web.exchange import Exchange, NotFoundError
from provincial_hub.web.station_health import StationHealth, health

LONGEST = 500
_Deed = Callable[[EnrolmentBooks, str, str, str, datetime], Awaitable[bool]]


async def home(exchange: Exchange) -> Response:
    """Supervisors come for dossiers, IT for stations."""
    told = exchange.query.get("da", "")
    return exchange.go("/ho-so" if "supervisor" in exchange.visitor.roles else "/tram", told)


async def listed(exchange: Exchange) -> Response:
    async with exchange.ledger.transaction(StationViewBooks) as books:
        seen = await books.stations(exchange.visitor.stations)
    judged = health(seen, exchange.now)
    tallies = {level: sum(one.level == level for one in judged) for level in ("grave", "watch", "well", "out")}
    return exchange.page("stations.html", stations=judged, tallies=tallies)


async def one(exchange: Exchange) -> Response:
    return await _shown(exchange)


async def _shown(exchange: Exchange, status: int = 200, fault: str | None = None) -> Response:
    name = exchange.named("station")
    exchange.must_see(name)
    async with exchange.ledger.transaction(StationViewBooks) as books:
        seen = await books.stations(exchange.visitor.stations)
        deeds = await books.deeds_at(name)
    found: StationHealth | None = next((one for one in health(seen, exchange.now) if one.station.name == name), None)
    if found is None:
        raise NotFoundError
    reason = exchange.form.get("reason", "")
    return exchange.page("station.html", status, one=found, deeds=deeds, fault=fault, reason=reason)


async def shut_out(exchange: Exchange) -> Response:
    """From the next request on nothing is taken from this station; what it brought stays."""
    reason = exchange.form.get("reason", "").strip()
    if not reason or len(reason) > LONGEST:
        return await _shown(exchange, 422, "reason.missing")
    return await _done(exchange, registry.shut_out, "station_shut_out", reason)


async def let_in(exchange: Exchange) -> Response:
    reason = exchange.form.get("reason", "").strip()
    if not reason or len(reason) > LONGEST:
        return await _shown(exchange, 422, "reason.missing")
    return await _done(exchange, registry.let_in, "station_let_in", reason)


async def _done(exchange: Exchange, deed: _Deed, told: str, reason: str) -> Response:
    name = exchange.named("station")
    exchange.must_see(name)
    async with exchange.ledger.transaction(EnrolmentBooks) as books:
        if not await deed(books, name, exchange.visitor.id, reason, exchange.now):
            raise NotFoundError
    return exchange.go(f"/tram/{quote(name)}", told)
