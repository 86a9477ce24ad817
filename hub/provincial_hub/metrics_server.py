"""`GET /metrics` on an address of its own: nobody who can reach the stations' address can read it there."""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import ipaddress
import logging
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.datastructures import State
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from provincial_hub.background import Work
from provincial_hub.hub_toml import Section
from provincial_hub.keeping.metric_books import MetricBooks, Standing
from provincial_hub.listening import bound
from provincial_hub.metrics import Metrics
from provincial_hub.readiness import look

log = logging.getLogger(__name__)

FRESH = 10.0
"""Seconds for which what the database said is told again: watching must not weigh on what is watched."""
LEAST_TOKEN = 16


@dataclass(frozen=True, slots=True)
class MetricsSettings:
    """`[metrics]` of `hub.toml`. Port 0: nowhere."""

    host: str
    port: int
    token: str = field(repr=False)

    @classmethod
    def read(cls, said: Section) -> MetricsSettings:
        """Raises `SetupError`: on an address that others can reach, a token is wanted."""
        told = cls(said.text("host", "127.0.0.1"), said.number("port", 0, 0, 65535), said.secret("token"))
        said.done()
        if told.token and len(told.token) < LEAST_TOKEN:
            raise said.wrong("token", f"wants {LEAST_TOKEN} characters or more")
        if told.port and not told.token and not _is_loopback(told.host):
            raise said.wrong("host", "can be reached by others: name a token by token_file, or listen on 127.0.0.1")
        return told

    def listen(self) -> socket.socket | None:
        """The port, taken before the hub begins anything; raises `SetupError` where it is not to be had."""
        if not self.port:
            return None
        return bound(self.host, self.port, "name another one by [metrics] port in hub.toml")


def serving_metrics(listener: socket.socket | None, token: str, state: State) -> Work:
    """Answering there, as work beside the requests."""

    async def work() -> None:
        if listener is None:
            return
        app = Exposition(state, token).application()
        config = uvicorn.Config(app, log_config=None, lifespan="off", access_log=False, server_header=False)
        await _Quiet(config).serve(sockets=[listener])

    return work


class _Quiet(uvicorn.Server):
    """Leaves the signals to the hub's own server; it ends when its task is cancelled."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Exposition:
    """Answers `GET /metrics`; with a token, only to who has it."""

    def __init__(self, state: State, token: str) -> None:
        self._state = state
        self._token = token
        self._asked_at = -FRESH
        self._standing: Standing | None = None
        self._asking = asyncio.Lock()

    def application(self) -> Starlette:
        return Starlette(routes=[Route("/metrics", self._answer)])

    async def _answer(self, request: Request) -> Response:
        given = request.headers.get("Authorization", "").encode("utf-8", errors="replace")
        if self._token and not hmac.compare_digest(given, f"Bearer {self._token}".encode()):
            return Response(status_code=401, headers={"WWW-Authenticate": "Bearer"})
        async with self._asking:
            if time.monotonic() - self._asked_at >= FRESH:
                await self._ask()
                self._asked_at = time.monotonic()
        metrics: Metrics = self._state.metrics
        return Response(metrics.text(self._standing), media_type=CONTENT_TYPE_LATEST)

    async def _ask(self) -> None:
        state = self._state
        metrics: Metrics = state.metrics
        found = await look(state)
        metrics.parts(found.parts)
        metrics.connections(*state.ledger.connections())
        self._standing = None
        if found.parts["database"]:
            with contextlib.suppress(SQLAlchemyError):
                async with state.ledger.transaction(MetricBooks) as books:
                    self._standing = await books.standing(state.settings.unit, state.now())


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
