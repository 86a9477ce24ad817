"""`POST /v1/events`: a batch of events in, one answer an event out."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from provincial_hub.api.auth import SpeakingStation
from provincial_hub.api.json_body import json_body
from provincial_hub.errors import RefusedError
from provincial_hub.reception import Reception
from provincial_hub.stations.quotas import Allowance

MOST_EVENTS = 50
LARGEST_BATCH = 4 << 20

router = APIRouter()


@router.post("/v1/events")
async def take_events(request: Request, station: SpeakingStation) -> JSONResponse:
    """Each event is kept on its own: one that is refused does not stop the others."""
    reception: Reception = request.app.state.reception
    allowance: Allowance = request.app.state.allowance
    batch = _events(await json_body(request, LARGEST_BATCH))
    if any(_station_of(event) not in (None, station) for event in batch):
        raise RefusedError("auth.other_station", "an event names another station than the token's; nothing was kept")
    await allowance.take_events(station, len(batch))
    answers = [await reception.take_event(event) for event in batch]
    request.app.state.metrics.answered(answers)
    return JSONResponse({"answers": answers})


def _events(batch: Any) -> list[Any]:
    events = batch.get("events") if isinstance(batch, dict) else None
    if not isinstance(events, list) or not events:
        raise RefusedError("request.malformed", 'the body wants {"events": [...]} with at least one')
    if len(events) > MOST_EVENTS:
        raise RefusedError("events.too_many", f"at most {MOST_EVENTS} events at a time; nothing was kept")
    return events


def _station_of(event: Any) -> str | None:
    """The station an event claims, where it claims one; anything else is left to the schema."""
    station = event.get("station") if isinstance(event, dict) else None
    return station if isinstance(station, str) else None
