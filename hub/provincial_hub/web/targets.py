"""The province's own systems: how far each was told, and what was set aside for a person to look at."""

from __future__ import annotations

from starlette.responses import Response

from provincial_hub.keeping.deed_books import DeedBooks
from provincial_hub.keeping.outgoing_books import OutgoingBooks
from provincial_hub.web.exchange import Exchange, NotFoundError


async def listed(exchange: Exchange) -> Response:
    async with exchange.ledger.transaction(OutgoingBooks) as books:
        backlogs, aside = await books.backlog(), await books.aside()
    return exchange.page("targets.html", targets=backlogs, aside=aside, may_settle=_may_settle(exchange))


async def send_again(exchange: Exchange) -> Response:
    return await _settle(exchange, "sent_outward_again")


async def give_up(exchange: Exchange) -> Response:
    return await _settle(exchange, "gave_up_outward")


async def _settle(exchange: Exchange, deed: str) -> Response:
    target, number = exchange.named("target"), exchange.named("message")
    if not _may_settle(exchange) or not number.isdecimal() or len(number) > 18:
        raise NotFoundError
    at, message = exchange.at(), int(number)
    async with exchange.ledger.transaction(OutgoingBooks) as books:
        again = deed == "sent_outward_again"
        found = await (books.send_again(target, message) if again else books.give_up(target, message, at))
        if found:
            detail = {"target": target, "message": message}
            await books.beside(DeedBooks).write(at, exchange.visitor.id, deed, detail=detail)
    return exchange.go("/lien-thong", deed if found else "outward_was_settled")


def _may_settle(exchange: Exchange) -> bool:
    """It concerns every commune: IT staff of the whole province."""
    return "it" in exchange.visitor.roles and exchange.visitor.stations is None
