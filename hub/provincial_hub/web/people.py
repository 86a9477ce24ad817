"""Who is named for which station: to be read; people are named by the hub's commands."""

from __future__ import annotations

from starlette.responses import Response

from provincial_hub.keeping.person_books import PersonBooks
from provincial_hub.web.exchange import Exchange
from provincial_hub.web.visitor import EVERYWHERE


async def listed(exchange: Exchange) -> Response:
    visible = exchange.visitor.stations
    async with exchange.ledger.transaction(PersonBooks) as books:
        everybody = await books.every()
    shown = [
        one for one in everybody if visible is None or visible & {*one["stations"]} or EVERYWHERE in one["stations"]
    ]
    return exchange.page("people.html", people=shown, everywhere=EVERYWHERE)
