"""The line under an HTTP exchange: cut from another thread, and cut by itself when an exchange takes too long.

httpx limits each read and write, never the whole: a peer that sends one byte a second would hold us for ever. And a
blocking read cannot be called off, only the socket under it can be shut.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator, Mapping
from typing import Any

NARROW, ROOMY = 8 << 10, 1 << 20
"""Sizes of the system's send buffer, in bytes."""


class Line:
    """Watches which socket an exchange uses. Give `trace` to httpx as the request extension of that name."""

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        self.overdue = False
        self.buffer = ROOMY
        """Bytes that may have left the program and not yet arrived."""

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """httpcore calls this at each step of a request."""
        if event in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            self._socket = info["return_value"].get_extra_info("socket")
        elif event.endswith(".send_request_headers.started") and self._socket is not None:
            # What lies in the system's buffer when a connection is reset was sent for nothing.
            with contextlib.suppress(OSError):
                self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, self.buffer)

    def cut(self) -> None:
        """Shut the socket in use, if any: whoever waits on it fails at once."""
        if self._socket is not None:
            with contextlib.suppress(OSError):
                # The plain shutdown, under TLS too: ssl's own first forgets the encryption, and a write in that
                # moment would go out in clear.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    @contextlib.contextmanager
    def deadline(self, seconds: float) -> Iterator[None]:
        """Cut the line when the block takes longer than that; `overdue` then says so."""
        self.overdue = False
        timer = threading.Timer(seconds, self._expire)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _expire(self) -> None:
        self.overdue = True
        self.cut()
