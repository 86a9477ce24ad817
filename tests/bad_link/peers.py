"""What else one could send pages by, to measure ours beside it: a plain PUT from the beginning each time, and tus 1.0.

    python -m tests.bad_link.peers serve-plain | serve-tus FOLDER        # says its port
    python -m tests.bad_link.peers send-plain | send-tus URL PAGES BYTES LONGEST AUTHORITY

The pages are those of the counter. Both senders wait after a failure as the station does: longer each time, by chance,
and from the beginning after a success.
"""

from __future__ import annotations

import contextlib
import http.client
import http.server
import json
import os
import random
import ssl
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from station.sync import backoff
from tests.bad_link.counter import page

CHUNK = 64 << 10


def main() -> None:
    word, *told = sys.argv[1:]
    match word:
        case "serve-plain":
            _serve_plain(Path(told[0]))
        case "serve-tus":
            _serve_tus(Path(told[0]))
        case "send-plain" | "send-tus":
            url, pages, size, longest, authority = told[0], int(told[1]), int(told[2]), float(told[3]), told[4]
            send = _plain(url, authority) if word == "send-plain" else _tus(url, authority)
            _send(send, pages, size, longest)
        case _:
            sys.exit(__doc__)


def _send(send: Callable[[bytes, float], None], pages: int, size: int, longest: float) -> None:
    print(json.dumps({"ready": True}), flush=True)
    sys.stdin.readline()
    ends, done = time.monotonic() + longest, 0
    for index in range(pages):
        with contextlib.suppress(TimeoutError):
            send(page(0, index, size), ends)
            done += 1
    print(json.dumps({"received": done}), flush=True)


def _again(attempt: Callable[[], bool], ends: float) -> None:
    """Until it has come about; whatever the line does to an attempt, the next one comes after a while."""
    failures = 0
    while time.monotonic() < ends:
        with contextlib.suppress(Exception):
            if attempt():
                return
            failures = 0
            continue
        failures += 1
        time.sleep(min(backoff.delay(failures, random.random()).total_seconds(), max(0.0, ends - time.monotonic())))
    raise TimeoutError


def _plain(url: str, authority: str) -> Callable[[bytes, float], None]:
    host, tls = url.removeprefix("https://").strip("/"), ssl.create_default_context(cafile=authority)

    def send(content: bytes, ends: float) -> None:
        def attempt() -> bool:
            connection = http.client.HTTPSConnection(host, timeout=30, context=tls)
            with contextlib.closing(connection):
                connection.request("PUT", f"/{hash(content):x}", content)
                return connection.getresponse().status == 200

        _again(attempt, ends)

    return send


def _tus(url: str, authority: str) -> Callable[[bytes, float], None]:
    from tusclient.client import TusClient

    os.environ["REQUESTS_CA_BUNDLE"] = authority
    folder = Path(tempfile.mkdtemp())

    def send(content: bytes, ends: float) -> None:
        file = folder / "page"
        file.write_bytes(content)
        uploader = None

        def attempt() -> bool:
            nonlocal uploader
            if uploader is None:
                # The server forgets how much it has of an upload whose sender has not named a file type.
                made = TusClient(f"{url.rstrip('/')}/files").uploader(
                    str(file), chunk_size=CHUNK, metadata={"filetype": "image/jpeg", "filename": "page"}
                )
                made.set_url(made.create_url().replace("http://", "https://", 1))  # who ends TLS stands before it
                uploader = made
            uploader.offset = uploader.get_offset()
            uploader.upload()
            return bool(uploader.offset == len(content))

        _again(attempt, ends)

    return send


def _serve_plain(folder: Path) -> None:
    class Store(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_PUT(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            if len(content) == int(self.headers["Content-Length"]):
                (folder / self.path.strip("/")).write_bytes(content)
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

        def log_message(self, *_words: object) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Store)
    print(json.dumps({"port": server.server_port}), flush=True)
    server.serve_forever()


def _serve_tus(folder: Path) -> None:
    import socket

    import uvicorn
    from fastapi import FastAPI
    from tuspyserver import create_tus_router

    app = FastAPI()
    app.include_router(create_tus_router(prefix="files", files_dir=str(folder)))
    with socket.create_server(("127.0.0.1", 0)) as bound:
        print(json.dumps({"port": bound.getsockname()[1]}), flush=True)
        uvicorn.Server(uvicorn.Config(app, log_config=None)).run(sockets=[bound])


if __name__ == "__main__":
    main()
