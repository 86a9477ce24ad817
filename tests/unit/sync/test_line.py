"""What is asked of the system for the socket under an exchange, and what it can say of it."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator

import pytest

from station.sync.line import Line

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="other systems hold nothing back and cannot say")
PACING = 47


class Under:
    """What httpcore tells of a connection."""

    def __init__(self, used: socket.socket) -> None:
        self._used = used

    def get_extra_info(self, _what: str) -> socket.socket:
        return self._used


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        near = socket.create_connection(listener.getsockname())
        far, _ = listener.accept()
        with near, far:
            yield near, far


def begun(line: Line, near: socket.socket) -> None:
    line.trace("connection.connect_tcp.complete", {"return_value": Under(near)})
    line.trace("http11.send_request_headers.started", {})


def test_a_head_waits_for_the_body_and_both_leave_when_all_of_it_is_given(
    ends: tuple[socket.socket, socket.socket],
) -> None:
    near, far = ends
    line = Line()
    begun(line, near)
    assert near.getsockopt(socket.IPPROTO_TCP, socket.TCP_CORK) == 1
    near.sendall(b"head")
    near.sendall(b"body")
    line.trace("http11.send_request_body.complete", {})
    assert near.getsockopt(socket.IPPROTO_TCP, socket.TCP_CORK) == 0
    assert far.recv(100) == b"headbody"


def test_what_the_other_end_has_not_confirmed_does_not_count_as_sent(
    ends: tuple[socket.socket, socket.socket],
) -> None:
    near, far = ends
    far.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line = Line()
    begun(line, near)
    assert line.sent(1000) is None, "nothing was given away yet"
    near.setblocking(False)
    given = 0
    try:
        while True:
            given += near.send(bytes(1 << 16))
    except BlockingIOError:
        line.trace("http11.send_request_body.complete", {})
    sent = line.sent(given)
    assert sent is not None
    assert 0 < sent.size < given, "the other end reads nothing, and its buffer is full"


def test_packets_are_spread_as_long_as_it_is_asked_for(ends: tuple[socket.socket, socket.socket]) -> None:
    near, _ = ends
    line = Line()
    line.pace = 30_000
    begun(line, near)
    assert near.getsockopt(socket.SOL_SOCKET, PACING) == 30_000
    line.pace = None
    begun(line, near)
    assert near.getsockopt(socket.SOL_SOCKET, PACING) == -1
