"""`Station-Trail-Head` of every call with a token, and what the hub says of it in `Station-Trail`."""

from __future__ import annotations

from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from provincial_hub.stations.trails import Trails


async def hear_head(request: Request, station: str) -> None:
    """Keep the head that came with a request, if one did; whatever becomes of it, the request goes on."""
    text = request.headers.get("Station-Trail-Head")
    if text is not None:
        trails: Trails = request.app.state.trails
        request.state.trail = await trails.take(station, text)


class WithTrailVerdict:
    """Adds the verdict to the answer, whichever room makes it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            verdict = scope.get("state", {}).get("trail")
            if message["type"] == "http.response.start" and verdict is not None:
                message["headers"] = [*message.get("headers", []), (b"station-trail", verdict.value.encode("ascii"))]
            await send(message)

        await self._app(scope, receive, sending)
