"""`POST /v1/enrolments`: a code in, a signed enrolment out; the one call that makes a station."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from provincial_hub.api.body import whole
from provincial_hub.errors import RefusedError
from provincial_hub.receiving.events import parse
from provincial_hub.stations.enrolments import Enrolments

LARGEST_REQUEST = 16 << 10

router = APIRouter()


@router.post("/v1/enrolments")
async def enrol(request: Request) -> JSONResponse:
    """Nobody is known by a token here: the code is all that speaks for the machine."""
    enrolments: Enrolments = request.app.state.enrolments
    try:
        asked = parse(await whole(request, LARGEST_REQUEST))
    except ValueError as error:
        raise RefusedError("request.malformed", "the body is not JSON in UTF-8") from error
    return JSONResponse(await enrolments.take(asked), 201, {"Cache-Control": "no-store"})
