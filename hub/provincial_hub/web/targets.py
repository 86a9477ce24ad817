"""The province's own systems that have not taken everything yet."""

from __future__ import annotations

from starlette.responses import Response

from provincial_hub.keeping.station_view_books import StationViewBooks
from provincial_hub.web.exchange import Exchange

STUCK = 3
"""So many attempts in vain are no hiccup."""


async def listed(exchange: Exchange) -> Response:
    async with exchange.ledger.transaction(StationViewBooks) as books:
        found = await books.targets()
    return exchange.page("targets.html", targets=found, stuck=STUCK)
