"""`PUT` and `HEAD /v1/pages/{sha256}`: page images, resumable, with the header names of the IETF draft."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from provincial_hub.api.auth import SpeakingStation
from provincial_hub.api.body import announced_size, chunks, drain
from provincial_hub.api.errors import failure
from provincial_hub.errors import RefusedError
from provincial_hub.receiving.pages import Outcome, PagePart, is_sha256
from provincial_hub.reception import Reception
from provincial_hub.stations.quotas import Allowance

router = APIRouter()


@router.put("/v1/pages/{sha256}")
async def take_page(request: Request, sha256: str, station: SpeakingStation) -> Response:
    """Append the body to what the hub holds of this page."""
    reception: Reception = request.app.state.reception
    try:
        part = PagePart(_count(request, "Upload-Offset", 0), _count(request, "Upload-Length"), announced_size(request))
        if part.offset == 0:
            await _must_be_allowed(request, station, _named(sha256), part.length)
        outcome, held = await reception.take_page(station, _named(sha256), part, chunks(request))
        request.app.state.metrics.page(outcome.value)
    except RefusedError as refusal:
        if refusal.code != "request.stalled":
            await drain(request)
        raise
    if outcome in (Outcome.KNOWN, Outcome.WRONG_OFFSET):
        await drain(request)
    if outcome in (Outcome.COMPLETE, Outcome.MISMATCH):
        allowance: Allowance = request.app.state.allowance
        await allowance.count_bytes(station, part.length)
    return _response(outcome, held)


@router.head("/v1/pages/{sha256}")
async def page_state(request: Request, sha256: str, station: SpeakingStation) -> Response:
    """How much of this page the hub holds."""
    reception: Reception = request.app.state.reception
    size = await reception.size_of(station, _named(sha256))
    if size is not None:
        return Response(headers=_headers(size, complete=True))
    return Response(headers=_headers(reception.held(station, sha256), complete=False))


async def _must_be_allowed(request: Request, station: str, sha256: str, length: int) -> None:
    """A page is begun within the quotas; one that the hub has, or part of it, is answered as ever."""
    reception: Reception = request.app.state.reception
    allowance: Allowance = request.app.state.allowance
    if await reception.size_of(station, sha256) is None and not reception.held(station, sha256):
        await allowance.must_not_begin_more(station)
        await allowance.must_have_room(station, length)


def _response(outcome: Outcome, held: int) -> Response:
    match outcome:
        case Outcome.COMPLETE:
            return JSONResponse({}, 201, _headers(held, complete=True))
        case Outcome.KNOWN:
            return JSONResponse({}, 200, _headers(held, complete=True))
        case Outcome.PARTIAL:
            return JSONResponse({}, 202, _headers(held, complete=False))
        case Outcome.WRONG_OFFSET | Outcome.SUPERSEDED:
            return failure("page.offset", f"continue from {held}", _headers(held, complete=False))
        case Outcome.MISMATCH:
            return failure("page.hash_mismatch", "what arrived is not this page", _headers(0, complete=False))


def _headers(held: int, *, complete: bool) -> dict[str, str]:
    return {
        "Upload-Offset": str(held),
        "Upload-Complete": "?1" if complete else "?0",
        "Cache-Control": "no-store",
    }


def _named(sha256: str) -> str:
    if not is_sha256(sha256):
        raise RefusedError("page.not_announced", "a page is named by 64 lower-case hex digits")
    return sha256


def _count(request: Request, header: str, default: int | None = None) -> int:
    given = request.headers.get(header)
    if given is None and default is not None:
        return default
    if given is None or not (given.isascii() and given.isdigit() and len(given) <= 15):
        raise RefusedError("request.malformed", f"{header} wants a number of bytes")
    return int(given)
