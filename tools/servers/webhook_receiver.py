"""A real HTTP server in the place of a province's system: keeps what it is sent, and answers as it is told."""

from __future__ import annotations

import contextlib
import json
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Heard:
    """One request as it came."""

    id: str
    headers: dict[str, str]
    body: bytes

    @property
    def document(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Said:
    """An answer; `hold` is waited for before it is given."""

    status: int = 204
    headers: tuple[tuple[str, str], ...] = ()
    hold: threading.Event | None = None


class Receiver:
    """`answer` decides about each request; by default everything is taken."""

    def __init__(self, answer: Callable[[Heard], Said] = lambda _: Said(), tls: ssl.SSLContext | None = None) -> None:
        self.answer = answer
        self.heard: list[Heard] = []
        self._came = threading.Condition()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle(self) -> None:
                with contextlib.suppress(ConnectionError, ssl.SSLError):  # the hub was killed meanwhile
                    super().handle()

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                heard = Heard(self.headers["Webhook-Id"], dict(self.headers.items()), body)
                said = receiver.take(heard)
                if said.hold:
                    said.hold.wait(20)
                self.send_response(said.status)
                for name, value in (*said.headers, ("Content-Length", "0")):
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        if tls is not None:
            self._server.socket = tls.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self._server.server_port}/hub"

    def take(self, heard: Heard) -> Said:
        said = self.answer(heard)
        with self._came:
            self.heard.append(heard)
            self._came.notify_all()
        return said

    def wait_for(self, count: int) -> list[Heard]:
        """The first `count` requests, once they have come."""
        with self._came:
            if not self._came.wait_for(lambda: len(self.heard) >= count, timeout=30):
                raise TimeoutError(f"{len(self.heard)} requests of {count} came")
            return self.heard[:count]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
