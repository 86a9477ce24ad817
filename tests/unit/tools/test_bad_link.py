"""The line that tests break: what it carries, what it counts, and how it resets, over real sockets."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tools.bad_link.link import Terms
from tools.bad_link.namespace import Behind, behind_a_bad_line, can_be_made
from tools.bad_link.packets import Flow, Segment, checksum, read_segment, reset
from tools.bad_link.tally import Tally

needs_a_line = pytest.mark.skipif(not can_be_made(), reason="network namespaces need root, a TUN device and iproute2")

SEND = """
import socket, sys
with socket.create_connection((sys.argv[1], int(sys.argv[2]))) as line:
    try:
        line.sendall(b"x" * int(sys.argv[3]))
        line.shutdown(socket.SHUT_WR)
        print(line.recv(9).decode() or "closed")
    except ConnectionResetError:
        print("reset")
"""


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("0.0.0.0", 0)) as bound:  # noqa: S104 - an address of the line's is not there yet
        bound.settimeout(30)
        yield bound


def send(behind: Behind, listener: socket.socket, size: int) -> subprocess.Popen[str]:
    words = [*behind.enter, sys.executable, "-c", SEND, behind.address, str(listener.getsockname()[1]), str(size)]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True)


def received(line: socket.socket) -> int:
    size = 0
    while data := line.recv(65536):
        size += len(data)
    return size


@needs_a_line
def test_what_is_sent_arrives_whole_over_a_lossy_line_and_each_byte_is_counted(listener: socket.socket) -> None:
    with behind_a_bad_line(Terms(rate=4e6, delay=0.01, loss=0.05)) as behind, send(behind, listener, 200_000) as sender:
        line, _ = listener.accept()
        with line:
            assert received(line) == 200_000
            line.sendall(b"thank you")
        assert sender.communicate()[0].strip() == "thank you"
        assert behind.link.up.bytes > 200_000
        assert behind.link.up.lost > 0


@needs_a_line
def test_a_reset_reaches_both_ends(listener: socket.socket) -> None:
    terms = Terms(rate=64e3, delay=0.05, resets_every=0.5)
    with behind_a_bad_line(terms, seed=5) as behind, send(behind, listener, 10_000_000) as sender:
        line, _ = listener.accept()
        with line, pytest.raises(ConnectionResetError):
            received(line)
        assert sender.communicate()[0].strip() == "reset"
        assert behind.link.resets >= 1


def test_a_reset_packet_is_one_that_a_kernel_would_send() -> None:
    flow = Flow(bytes([10, 0, 0, 1]), 40000, bytes([10, 0, 0, 2]), 443)
    packet = reset(flow, 1234, 5678)
    assert checksum(packet[:20]) == 0
    pseudo = flow.source + flow.target + bytes([0, 6, 0, 20])
    assert checksum(pseudo + packet[20:]) == 0
    segment = read_segment(packet)
    assert segment is not None
    assert (segment.flow, segment.sequence, segment.acknowledged, segment.resets) == (flow, 1234, 5678, True)


def test_the_checksum_is_that_of_the_standard() -> None:
    # The example of RFC 1071, section 3.
    assert checksum(bytes([0x00, 0x01, 0xF2, 0x03, 0xF4, 0xF5, 0xF6, 0xF7])) == ~0xDDF2 & 0xFFFF


def test_the_bytes_of_a_stream_are_counted_by_what_became_of_them() -> None:
    tally, flow = Tally(), Flow(b"\x0a\0\0\1", 1, b"\x0a\0\0\2", 2)
    origin = (1 << 32) - 100  # the numbers begin again in the middle

    def segment(start: int, carried: int, *, opens: bool = False) -> Segment:
        return Segment(flow, (origin + start + carried) % (1 << 32), 0, carried, opens, ends=False, resets=False)

    tally.sent(60, segment(0, 0, opens=True))
    for start, carried in ((0, 300), (300, 300), (600, 300), (300, 300)):
        tally.sent(carried + 52, segment(start, carried))
    assert (tally.fresh, tally.again, tally.headers) == (900, 300, 60 + 4 * 52)
    tally.came(segment(0, 300))
    tally.came(segment(600, 300))
    assert (tally.arrived, tally.in_vain) == (300, 600), "nobody can read beyond a hole"
    tally.came(segment(300, 300))
    tally.came(segment(300, 300))
    assert (tally.arrived, tally.in_vain) == (900, 0)
