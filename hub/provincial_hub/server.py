"""The HTTP server: says when it listens, and stops cleanly when asked."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

from provincial_hub.listening import bound

GRACE = 10
"""Seconds that requests under way get to end; a page that is cut is resumed later."""


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, listening: Callable[[], None]) -> None:
        super().__init__(config)
        self._listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._listening()


def serve(app: ASGIApp, host: str, port: int, proxies: str, listening: Callable[[str], None]) -> bool:
    """Serve until SIGTERM or SIGINT; `listening` gets the address. Returns whether it ever listened.

    `proxies` are believed when they say where a request came from.

    Raises `SetupError` where the address is taken or not to be had.
    """
    with bound(host, port, "name another one by --port or [listen] port in hub.toml") as listener:
        # asyncio sets this only on sockets made with an explicit protocol; without it each answer waits 40 ms.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        shown = f"[{host}]" if listener.family is socket.AF_INET6 else host
        address = f"http://{shown}:{listener.getsockname()[1]}"
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,  # addresses of pages are hashes of papers
            server_header=False,
            forwarded_allow_ips=proxies,
            timeout_graceful_shutdown=GRACE,
            timeout_keep_alive=75,
        )
        server = _Server(config, lambda: listening(address))
        # uvicorn raises the signal again once it has stopped; being asked to stop is no failure.
        for asked in (signal.SIGTERM, signal.SIGINT):
            signal.signal(asked, lambda *_: None)
        asyncio.run(server.serve(sockets=[listener]))
        return server.started
