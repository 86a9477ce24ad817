"""One dossier with everything in it. Whoever opens it is written down before anything is shown."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from provincial_hub.cases.states import STATES
from provincial_hub.keeping.deed_books import DeedBooks
from provincial_hub.keeping.view_books import ViewBooks
from provincial_hub.web.dossier_reading import DossierSeen, read_dossier
from provincial_hub.web.exchange import Exchange, NotFoundError


async def shown(exchange: Exchange) -> Response:
    seen = await looked_at(exchange)
    return page(exchange, seen)


async def looked_at(exchange: Exchange, what: str = "looked") -> DossierSeen:
    """The dossier, and a row about this look; raises `NotFoundError` where the visitor may not see it."""
    dossier_id = exchange.named("dossier")
    async with exchange.ledger.transaction(ViewBooks) as books:
        case = await books.case(dossier_id)
        if case is None or not exchange.visitor.may_see(case.station):
            raise NotFoundError
        by, station = exchange.visitor.id, case.station
        await books.beside(DeedBooks).write(exchange.at(), by, what, dossier_id=dossier_id, station=station)
        story = await books.story(dossier_id)
    seen = read_dossier(story) if story is not None else None
    if seen is None:
        raise NotFoundError
    return seen


def page(exchange: Exchange, seen: DossierSeen, status: int = 200, **more: Any) -> Response:
    """`more`: which deed was refused (`faulty`), why (`fault`), and what has changed meanwhile (`changed`)."""
    told = {"faulty": None, "fault": None, "changed": (), "form": exchange.form, **more}
    return exchange.page("dossier.html", status, seen=seen, case=seen.story.case, states=STATES, **told)
