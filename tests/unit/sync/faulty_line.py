"""The way to a model hub, without sockets: an httpx transport on which every exchange can go wrong in its own way."""

from __future__ import annotations

import gzip
import json
from enum import StrEnum

import httpx

from .model_hub import ModelHub, Reply


class Fault(StrEnum):
    NONE = "none"
    NO_NETWORK = "no_network"
    REQUEST_LOST = "request_lost"
    ANSWER_LOST = "answer_lost"
    HALF_A_BODY = "half_a_body"
    SENT_TWICE = "sent_twice"
    HUB_CRASHES_BEFORE = "hub_crashes_before"
    HUB_CRASHES_AFTER = "hub_crashes_after"
    BUSY = "busy"
    FAILED = "failed"
    WEB_PAGE = "web_page"
    CUT_SHORT = "cut_short"
    BAD_SIGNATURE = "bad_signature"
    LATE = "late"
    """Given up here, and under way all the same: it reaches the hub when a test lets it."""
    STALE_ANSWER = "stale_answer"
    """A cache on the way gives the answer to the request before this one."""
    BODY_CUT = "body_cut"
    GARBLED = "garbled"
    """A byte of what is sent arrives as another."""


class FaultyLine(httpx.BaseTransport):
    def __init__(self, hub: ModelHub) -> None:
        self.hub = hub
        self.fault = Fault.NONE
        self.breakers: set[int] = set()
        """Events on which the hub fails whenever it sees them."""
        self.requests: list[tuple[str, str]] = []
        self._late: list[tuple[httpx.Request, bytes]] = []
        self._last: Reply | None = None

    def deliver_late(self, *, newest_first: bool = False) -> None:
        late, self._late = self._late, []
        for request, content in reversed(late) if newest_first else late:
            self._reply(request, content)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        content = request.read()
        self.requests.append((request.method, request.url.path))
        match self.fault:
            case Fault.NO_NETWORK:
                raise httpx.ConnectError("no network")
            case Fault.REQUEST_LOST:
                raise httpx.WriteError("lost")
            case Fault.HUB_CRASHES_BEFORE:
                self.hub.crash()
                raise httpx.ReadError("crash")
            case Fault.BUSY:
                return _streamed(503, b"", {"Retry-After": "7"})
            case Fault.FAILED:
                return _streamed(500)
            case Fault.LATE:
                self._late.append((request, content))
                raise httpx.ReadTimeout("late")
            case Fault.STALE_ANSWER if self._last is not None:
                return _streamed(self._last.status, self._last.content, self._last.headers)
            case Fault.BODY_CUT:
                return _streamed(413, b"too large for this proxy", {"Content-Type": "text/plain"})
            case Fault.WEB_PAGE:
                return _streamed(200, "<html>Đăng nhập Wi-Fi</html>".encode(), {"Content-Type": "text/html"})
            case Fault.HALF_A_BODY if request.method == "PUT":
                self._reply(request, content[: len(content) // 2])
                raise httpx.WriteError("broken off")
            case Fault.SENT_TWICE:
                self._reply(request, content)
            case Fault.GARBLED if request.method == "PUT" and content:
                content = bytes([content[0] ^ 1]) + content[1:]
        reply = self._last = self._reply(request, content)
        match self.fault:
            case Fault.ANSWER_LOST | Fault.HALF_A_BODY:
                raise httpx.ReadError("lost")
            case Fault.HUB_CRASHES_AFTER:
                self.hub.crash()
                raise httpx.ReadError("crash")
            case Fault.CUT_SHORT:
                return _streamed(reply.status, reply.content[:-1], reply.headers)
            case Fault.BAD_SIGNATURE:
                forged = reply.content.replace(b"HUB-", b"BUH-")
                return _streamed(reply.status, forged, reply.headers)
            case _:
                return _streamed(reply.status, reply.content, reply.headers)

    def _reply(self, request: httpx.Request, content: bytes) -> Reply:
        if request.method == "GET":
            return self.hub.changes(int(request.url.params["after"]))
        if request.method == "POST":
            packed = request.headers.get("Content-Encoding") == "gzip"
            batch = json.loads(gzip.decompress(content) if packed else content)
            if self.breakers.intersection(event["seq"] for event in batch["events"]):
                return Reply(500)
            return self.hub.tell(batch)
        sha256 = request.url.path.split("/")[3]
        if request.url.path.endswith("/preview"):
            return self.hub.put_preview(sha256, request.headers["Content-Type"], content)
        if request.method == "HEAD":
            return self.hub.head(sha256)
        return self.hub.put(
            sha256, int(request.headers["Upload-Offset"]), int(request.headers["Upload-Length"]), content
        )


def _streamed(status: int, content: bytes = b"", headers: dict[str, str] | None = None) -> httpx.Response:
    """Not yet read, as a real answer."""
    return httpx.Response(status, headers=headers, stream=httpx.ByteStream(content))
