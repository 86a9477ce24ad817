"""The line under an HTTP exchange: cut from another thread, and cut by itself when an exchange takes too long.

httpx limits each read and write, never the whole: a peer that sends one byte a second would hold us for ever. And a
blocking read cannot be called off, only the socket under it can be shut.
"""

from __future__ import annotations

import contextlib
import math
import socket
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from typing import Any

from station.sync.link_estimate import Sent

if sys.platform == "linux":
    import fcntl
    import termios

_CONNECTED = {"connection.connect_tcp.complete", "connection.start_tls.complete"}
_PROBES = 2
_UNLIMITED = -1
_LINUX = {"SO_MAX_PACING_RATE": 47} if sys.platform == "linux" else {}
"""What Python has no name for (asm-generic/socket.h)."""


class Line:
    """Watches which socket an exchange uses. Give `trace` to httpx as the request extension of that name."""

    def __init__(self) -> None:
        self._socket: socket.socket | None = None
        self.is_cut = False
        self.overdue = False
        self.buffer = 20 << 10
        """Bytes that may have left the program and not yet arrived: a reset takes them all."""
        self.pace: int | None = None
        """Bytes a second at which packets leave; None: as TCP would. What leaves faster waits in queues on the way."""
        self.silence = 30.0
        """Seconds after which a connection is given up on which the other machine confirms nothing."""
        self._asked_at = 0.0
        self._given: tuple[float, int] | None = None
        """When the last byte of the request was given to the system, and how much of it was still there."""

    def begin(self) -> None:
        """An exchange begins now, or as soon as it has its connection."""
        self._asked_at, self._given = time.monotonic(), None

    def seconds(self) -> float:
        """Since the exchange began; what it took to connect does not count."""
        return time.monotonic() - self._asked_at

    def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """httpcore calls this at each step of a request."""
        if event in _CONNECTED:
            self._socket = info["return_value"].get_extra_info("socket")
            if self.is_cut:  # while it was being connected: a name that is looked for cannot be called off
                self.cut()
        elif self._socket is not None and event.endswith(".send_request_headers.started"):
            self.begin()
            self._settle(self._socket)
            self._hold(self._socket, True)
        elif self._socket is not None and event.endswith(".send_request_body.complete"):
            self._hold(self._socket, False)
            self._given = self.seconds(), self._unconfirmed(self._socket)

    def sent(self, size: int) -> Sent | None:
        """What the line had done of a body of this size when the last of it was given away; None: nobody knows."""
        if self._given is None:
            return None
        seconds, left = self._given
        return Sent(max(0, size - left), seconds)

    def _settle(self, used: socket.socket) -> None:
        """TCP itself tries for a quarter of an hour, less and less often: a line that is back is not noticed.

        Probes go while nothing is sent, so that a silent line is told from a slow hub. Systems differ in what they
        know of this; all have the send buffer.
        """
        every = max(1, math.floor(self.silence / _PROBES))
        wanted = (
            (socket.SOL_SOCKET, "SO_SNDBUF", self.buffer),
            (socket.SOL_SOCKET, "SO_MAX_PACING_RATE", self.pace or _UNLIMITED),
            (socket.SOL_SOCKET, "SO_KEEPALIVE", 1),
            (socket.IPPROTO_TCP, "TCP_KEEPIDLE", every),
            (socket.IPPROTO_TCP, "TCP_KEEPINTVL", every),
            (socket.IPPROTO_TCP, "TCP_KEEPCNT", _PROBES),
            (socket.IPPROTO_TCP, "TCP_USER_TIMEOUT", math.ceil(self.silence * 1000)),
        )
        for level, name, value in wanted:
            option = getattr(socket, name, _LINUX.get(name))
            if option is not None:
                with contextlib.suppress(OSError):
                    used.setsockopt(level, option, value)

    def _hold(self, used: socket.socket, hold: bool) -> None:
        """Until it is let go, packets leave full: each that does not costs 50 bytes, and as much for the answer to it.

        The head of a request and every piece of its body would end in one. Only Linux knows of this.
        """
        if hasattr(socket, "TCP_CORK"):
            with contextlib.suppress(OSError):
                used.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, hold)

    def _unconfirmed(self, used: socket.socket) -> int:
        """Bytes that the system has taken and the other machine not confirmed; all it may take where it cannot say."""
        if sys.platform == "linux":
            with contextlib.suppress(OSError):
                return int.from_bytes(fcntl.ioctl(used, termios.TIOCOUTQ, bytes(4)), sys.byteorder)
        return self.buffer

    def cut(self) -> None:
        """Shut the socket in use, or as soon as there is one: whoever waits on it fails at once."""
        self.is_cut = True
        if self._socket is not None:
            with contextlib.suppress(OSError):
                # The plain shutdown, under TLS too: ssl's own first forgets the encryption, and a write in that
                # moment would go out in clear.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    @contextlib.contextmanager
    def deadline(self, seconds: float) -> Iterator[None]:
        """Cut the line when the block takes longer than that; `overdue` then says so."""
        self.overdue = self.is_cut = False
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
