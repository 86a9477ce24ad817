"""Every request from outside: its id, one line in the log, and its place in the metrics."""

from __future__ import annotations

import logging
import re
import time
import uuid

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from provincial_hub.log import request_id
from provincial_hub.metrics import Metrics

log = logging.getLogger(__name__)

HEADER = "X-Request-Id"
_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
NEVER_ANSWERED = 499
"""As nginx writes it: the other side went away first."""


class Observed:
    """The outermost layer. Routes stand by their templates: an address would hold the hash of a page."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get(HEADER, "")
        name = given if _ID.fullmatch(given) else uuid.uuid4().hex
        status, received = NEVER_ANSWERED, 0

        async def receiving() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            return message

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message.get("headers", []), (HEADER.lower().encode(), name.encode("ascii"))]
            await send(message)

        token = request_id.set(name)
        begun = time.perf_counter()
        try:
            await self._app(scope, receiving, sending)
        finally:
            self._note(scope, status, time.perf_counter() - begun, received)
            request_id.reset(token)

    def _note(self, scope: Scope, status: int, seconds: float, received: int) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "OTHER"
        route = route_of(scope)
        self._metrics.request(method, route, status, seconds, received)
        told = {
            "code": "request",
            "method": method,
            "route": route,
            "status": status,
            "duration_ms": round(seconds * 1000, 1),
        }
        station = scope.get("state", {}).get("station")
        level = logging.DEBUG if route in _ASKED_OFTEN and status == 200 else logging.INFO
        of_station = {"station": station} if station else {}
        log.log(level, "%s %s: %d", method, route, status, extra={**told, **of_station})


_ASKED_OFTEN = {"/healthz", "/readyz"}
_METHODS = {"GET", "HEAD", "PUT", "POST", "DELETE", "OPTIONS", "PATCH"}


def route_of(scope: Scope) -> str:
    """The template of the route that took the request; of an application that is mounted, where it is mounted."""
    route = scope.get("route")
    if route is not None:
        return str(route.path)
    return str(scope.get("root_path") or "none")
