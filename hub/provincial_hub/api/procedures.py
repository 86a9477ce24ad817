"""`GET /v1/procedures/{sha256}`: a pack of procedures, whole or from where it broke off."""

from __future__ import annotations

import re

from fastapi import APIRouter, Request
from fastapi.responses import Response

from provincial_hub.api.auth import SpeakingStation
from provincial_hub.api.errors import failure
from provincial_hub.stations.packs import Packs

_RANGE = re.compile(r"bytes=([0-9]{1,15})-([0-9]{1,15})?")

router = APIRouter()


@router.get("/v1/procedures/{sha256}")
async def pack(request: Request, sha256: str, station: SpeakingStation) -> Response:
    """The bytes that the signed change names; a range that is none is answered with the whole (RFC 9110, 14.2)."""
    packs: Packs = request.app.state.packs
    content = await packs.for_station(station, sha256)
    headers = {"Accept-Ranges": "bytes", "ETag": f'"{sha256}"', "Cache-Control": "no-store"}
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None:
        return Response(content, media_type="application/zip", headers=headers)
    first, last = int(asked[1]), min(int(asked[2] or len(content)), len(content) - 1)
    if first >= len(content) or last < first:
        return failure("procedures.range", "the pack ends before", {"Content-Range": f"bytes */{len(content)}"})
    headers["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
    return Response(content[first : last + 1], 206, headers, "application/zip")
