"""A small hub on a real socket: the model hub behind a threaded HTTP server, and ways to make it answer badly."""

from __future__ import annotations

import contextlib
import gzip
import json
import ssl
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from station.sync.hub_client import HubClient

from .model_hub import ModelHub, Reply

Odd = Reply | bytes
"""An answer to give in place of the right one: a reply, or the very bytes to put on the wire."""


class FakeServer(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, hub: ModelHub, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_side=True)
        self.hub = hub
        self.lock = threading.Lock()
        self.odd: list[Odd] = []
        self.byte_every = 0.0
        self.silent = False
        """It hears what is asked and never answers."""
        self.over = threading.Event()
        self.seen: list[tuple[str, str, int]] = []
        """Method, path and body length of each request."""
        self.tokens: set[str | None] = set()
        scheme = "https" if tls else "http"
        self.url = f"{scheme}://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Broken connections are what these tests are about."""


@contextlib.contextmanager
def serving(hub: ModelHub, tls: ssl.SSLContext | None = None) -> Iterator[FakeServer]:
    server = FakeServer(hub, tls)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


@contextlib.contextmanager
def interrupted(client: HubClient, server: FakeServer) -> Iterator[None]:
    """What is asked within is broken off by another thread once the server has heard it."""
    before = len(server.seen)
    server.silent = True

    def interrupt() -> None:
        while len(server.seen) == before and not server.over.wait(0.005):
            pass
        client.interrupt()

    thread = threading.Thread(target=interrupt, daemon=True)
    thread.start()
    yield
    thread.join(60)
    assert not thread.is_alive(), "the server never heard of it"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FakeServer

    def do_POST(self) -> None:
        sent = self._body()
        content = gzip.decompress(sent) if self.headers.get("Content-Encoding") == "gzip" else sent
        self._answer(lambda: self.server.hub.tell(json.loads(content)), len(sent))

    def do_PUT(self) -> None:
        offset, length = int(self.headers["Upload-Offset"]), int(self.headers["Upload-Length"])
        content = self._body()  # what arrived before a break counts
        self._answer(lambda: self.server.hub.put(self._named(), offset, length, content), len(content))

    def do_HEAD(self) -> None:
        self._answer(lambda: self.server.hub.head(self._named()), 0)

    def do_GET(self) -> None:
        self._answer(lambda: Reply(200, {"contract": "1", "time": "2026-03-02T08:00:00+07:00"}), 0)

    def _named(self) -> str:
        return self.path.rpartition("/")[2]

    def _body(self) -> bytes:
        left = int(self.headers.get("Content-Length", "0"))
        content = b""
        while left:
            try:
                piece = self.rfile.read1(left)
            except OSError:
                break
            if not piece:
                break
            content += piece
            left -= len(piece)
        return content

    def _answer(self, right: object, length: int) -> None:
        server = self.server
        with server.lock:
            server.seen.append((self.command, self.path, length))
            server.tokens.add(self.headers.get("Authorization"))
            odd = server.odd.pop(0) if server.odd else None
            reply = odd if odd is not None else right()  # type: ignore[operator]
        if server.silent:
            server.over.wait()
        if isinstance(reply, bytes):
            self.close_connection = True
            if not server.byte_every:
                self.wfile.write(reply)
                return
            for byte in reply:
                self.wfile.write(bytes([byte]))
                time.sleep(server.byte_every)
            return
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.content)

    def log_message(self, *args: object) -> None:
        """Quiet."""
