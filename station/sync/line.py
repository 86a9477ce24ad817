"""The line under an HTTP exchange: cut from another thread, and cut by itself when an exchange takes too long.

httpx limits each read and write, never the whole: a peer that sends one byte a second would hold us for ever. And a
blocking read cannot be called off, only the socket under it can be shut.
"""

from __future__ import annotations

import contextlib
import math
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from typing import Any

_CONNECTED = {"connection.connect_tcp.complete", "connection.start_tls.complete"}
_PROBES = 2


class Line:
    """Watches which socket an exchange uses. Give `trace` to httpx as the request extension of that name."""

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        self.overdue = False
        self.buffer = 20 << 10
        """Bytes that may have left the program and not yet arrived: a reset takes them all."""
        self.silence = 30.0
        """Seconds after which a connection is given up on which the other machine confirms nothing."""
        self._asked_at = 0.0

    def begin(self) -> None:
        """An exchange begins now, or as soon as it has its connection."""
        self._asked_at = time.monotonic()

    def seconds(self) -> float:
        """Since the exchange began; what it took to connect does not count."""
        return time.monotonic() - self._asked_at

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """httpcore calls this at each step of a request."""
        if event in _CONNECTED:
            self._socket = info["return_value"].get_extra_info("socket")
        elif event.endswith(".send_request_headers.started"):
            self.begin()
            if self._socket is not None:
                self._settle(self._socket)

    def _settle(self, used: socket.socket) -> None:
        """TCP itself tries for a quarter of an hour, less and less often: a line that is back is not noticed.

        Probes go while nothing is sent, so that a silent line is told from a slow hub. Systems differ in what they
        know of this; all have the send buffer.
        """
        every = max(1, math.floor(self.silence / _PROBES))
        wanted = (
            (socket.SOL_SOCKET, "SO_SNDBUF", self.buffer),
            (socket.SOL_SOCKET, "SO_KEEPALIVE", 1),
            (socket.IPPROTO_TCP, "TCP_KEEPIDLE", every),
            (socket.IPPROTO_TCP, "TCP_KEEPINTVL", every),
            (socket.IPPROTO_TCP, "TCP_KEEPCNT", _PROBES),
            (socket.IPPROTO_TCP, "TCP_USER_TIMEOUT", math.ceil(self.silence * 1000)),
        )
        for level, name, value in wanted:
            if hasattr(socket, name):
                with contextlib.suppress(OSError):
                    used.setsockopt(level, getattr(socket, name), value)

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
