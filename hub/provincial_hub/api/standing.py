"""`GET /v1/station`: what the hub knows of the station that asks, signed."""

from __future__ import annotations

import re
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from provincial_hub.api.auth import SpeakingStation
from provincial_hub.courier.key import courier_key
from provincial_hub.errors import RefusedError
from provincial_hub.keeping.ledger import EventBooks, Ledger
from provincial_hub.keeping.trail_books import TrailBooks
from provincial_hub.receipts import Signer
from provincial_hub.stations.rosters import Rosters

_NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")

router = APIRouter()


@router.get("/v1/station")
async def standing(request: Request, station: SpeakingStation) -> JSONResponse:
    """The hub's time, the highest number it keeps, the trail's newest head, and which roster is current."""
    nonce = request.query_params.get("nonce", "")
    if not _NONCE.fullmatch(nonce):
        raise RefusedError("request.malformed", "nonce wants 16 to 64 characters of base64url")
    ledger: Ledger = request.app.state.ledger
    signer: Signer = request.app.state.signer
    rosters: Rosters = request.app.state.rosters
    roster = await rosters.current(station)
    async with ledger.transaction(EventBooks) as books:
        highest = await books.highest_seq(station)
        newest = await books.beside(TrailBooks).newest(station)
    said: dict[str, Any] = {
        "kind": "standing",
        "station": station,
        "nonce": nonce,
        "time": request.app.state.now().isoformat(),
        "highest_seq": highest,
        "courier_key": courier_key(signer),
        "trail": {"seq": newest.seq, "hash": newest.hash, "alarms": newest.alarms} if newest else None,
        "roster": {"version": roster["version"], "expires_at": roster["expires_at"]} if roster else None,
    }
    return JSONResponse(signer.sign(said), headers={"Cache-Control": "no-store"})
