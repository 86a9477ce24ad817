"""`PUT /v1/station/report`: a station's word about itself."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from provincial_hub.api.auth import SpeakingStation
from provincial_hub.api.json_body import json_body
from provincial_hub.stations.reports import Reports

router = APIRouter()


@router.put("/v1/station/report")
async def take_report(request: Request, station: SpeakingStation) -> Response:
    """In the place of the one before it."""
    reports: Reports = request.app.state.reports
    await reports.take(station, await json_body(request))
    return Response(status_code=204)
