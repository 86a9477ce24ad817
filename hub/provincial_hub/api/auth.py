"""Who is speaking: the station whose token the request carries."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from provincial_hub.api.body import drain
from provincial_hub.api.trail_head import hear_head
from provincial_hub.errors import RefusedError
from provincial_hub.settings import Stations


async def speaking_station(request: Request) -> str:
    """The station's name; raises `RefusedError("auth.unknown_station")`."""
    stations: Stations = request.app.state.stations
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    owner = stations.owner_of(token.strip()) if scheme.lower() == "bearer" else None
    if owner is None:
        await drain(request)
        raise RefusedError("auth.unknown_station", "no station has this token")
    await hear_head(request, owner)
    return owner


SpeakingStation = Annotated[str, Depends(speaking_station)]
