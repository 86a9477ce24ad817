"""`POST /v1/enrolments`: a code in, a signed enrolment out; the one call that makes a station."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from provincial_hub.api.json_body import json_body
from provincial_hub.stations.enrolments import Enrolments

router = APIRouter()


@router.post("/v1/enrolments")
async def enrol(request: Request) -> JSONResponse:
    """Nobody is known by a token here: the code is all that speaks for the machine."""
    enrolments: Enrolments = request.app.state.enrolments
    return JSONResponse(await enrolments.take(await json_body(request)), 201, {"Cache-Control": "no-store"})
