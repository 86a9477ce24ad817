"""`GET /v1/changes`: what the station that asks is to know, from its cursor on."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from provincial_hub.api.auth import SpeakingStation
from provincial_hub.errors import RefusedError
from provincial_hub.keeping.change_books import ChangeBooks
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.stations.roster_news import RosterNews

MOST_CHANGES = 100
_LARGEST_CURSOR = (1 << 53) - 1

router = APIRouter()


@router.get("/v1/changes")
async def changes(request: Request, station: SpeakingStation) -> Response:
    """The next changes, or 304 where the station has them all."""
    ledger: Ledger = request.app.state.ledger
    after = _number(request, "after", 0, 0, _LARGEST_CURSOR)
    limit = _number(request, "limit", MOST_CHANGES, 1, MOST_CHANGES)
    roster_news: RosterNews = request.app.state.roster_news
    await roster_news.look(station)
    async with ledger.transaction(ChangeBooks) as books:
        read = await books.after(station, after, limit)
    headers = {"ETag": f'"{read.cursor}"', "Cache-Control": "no-store"}
    if not read.documents and request.headers.get("If-None-Match", "").strip() == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return JSONResponse({"changes": read.documents, "cursor": read.cursor, "more": read.more}, headers=headers)


def _number(request: Request, name: str, default: int, least: int, most: int) -> int:
    given = request.query_params.get(name)
    if given is None:
        return default
    if not (given.isascii() and given.isdigit() and len(given) <= 16 and least <= int(given) <= most):
        raise RefusedError("request.malformed", f"{name} wants a number from {least} to {most}")
    return int(given)
