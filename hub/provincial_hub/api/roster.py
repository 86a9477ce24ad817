"""`GET /v1/roster`: who may work at the station that asks."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from provincial_hub.api.auth import SpeakingStation
from provincial_hub.errors import RefusedError
from provincial_hub.stations.rosters import Rosters

router = APIRouter()


@router.get("/v1/roster")
async def roster(request: Request, station: SpeakingStation) -> Response:
    """The signed roster, or 304 where the station has it."""
    rosters: Rosters = request.app.state.rosters
    current = await rosters.current(station)
    if current is None:
        raise RefusedError("roster.none", "nobody is named for this station")
    headers = {"ETag": f'"{current["version"]}"', "Cache-Control": "no-store"}
    if request.headers.get("If-None-Match", "").strip() == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return JSONResponse(current, headers=headers)
