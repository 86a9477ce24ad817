"""`PUT /v1/pages/{sha256}/preview`: what can be looked at while the page itself is on its way."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from provincial_hub.api.auth import SpeakingStation
from provincial_hub.api.body import drain, whole
from provincial_hub.errors import RefusedError
from provincial_hub.receiving.pages import is_sha256
from provincial_hub.receiving.previews import LARGEST_PREVIEW, is_preview
from provincial_hub.reception import Reception
from provincial_hub.stations.previews import Previews
from provincial_hub.stations.quotas import Allowance

router = APIRouter()


@router.put("/v1/pages/{sha256}/preview")
async def take_preview(request: Request, sha256: str, station: SpeakingStation) -> Response:
    """Keep it; 201 for the first of a page, 200 for one in the place of another."""
    reception: Reception = request.app.state.reception
    allowance: Allowance = request.app.state.allowance
    previews: Previews = request.app.state.previews
    if not is_sha256(sha256):
        await drain(request)
        raise RefusedError("page.not_announced", "a page is named by 64 lower-case hex digits")
    try:
        content = await whole(request, LARGEST_PREVIEW)
    except RefusedError as refusal:
        if refusal.code == "request.too_large":
            await drain(request)
            raise RefusedError("page.too_large", f"a preview has at most {LARGEST_PREVIEW} bytes") from refusal
        raise
    await reception.size_of(station, sha256)  # announced, or refused
    media_type = request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if not is_preview(media_type, content):
        raise RefusedError("page.media_type", "a preview is image/webp, image/jpeg or image/tiff")
    await allowance.must_have_room(station, len(content))
    first = await previews.keep(station, sha256, media_type, content)
    await allowance.count_bytes(station, len(content))
    return Response(status_code=201 if first else 200)
