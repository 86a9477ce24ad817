"""A TCP proxy that resets each connection after so many bytes have gone up it."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator

_RESET = struct.pack("ii", 1, 0)


class ChaosProxy:
    """`budgets`: bytes that each connection in turn may carry upwards; afterwards connections live."""

    def __init__(self, port: int, budgets: list[int]) -> None:
        self._port = port
        self._budgets = budgets
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.resets = 0
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listener.close()
        for end in self._open:
            end.close()

    def _accept(self) -> None:
        while True:
            try:
                down, _ = self._listener.accept()
            except OSError:
                return
            up = socket.create_connection(("127.0.0.1", self._port))
            self._open += [down, up]
            budget = self._budgets.pop(0) if self._budgets else None
            threading.Thread(target=self._carry, args=(down, up, budget), daemon=True).start()
            threading.Thread(target=self._carry, args=(up, down, None), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket, budget: int | None) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(4096):
                if budget is not None and len(data) > budget:
                    sink.sendall(data[:budget])
                    self.resets += 1
                    source.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                    break
                budget = None if budget is None else budget - len(data)
                sink.sendall(data)
        for end in (sink, source):
            with contextlib.suppress(OSError):
                # Closing alone would leave the connection open as long as the other thread waits on it.
                if end is sink:
                    end.shutdown(socket.SHUT_RDWR)
                end.close()


@contextlib.contextmanager
def chaos(port: int, budgets: list[int]) -> Iterator[ChaosProxy]:
    proxy = ChaosProxy(port, budgets)
    try:
        yield proxy
    finally:
        proxy.close()
