"""A hub, or whoever answers in its place, that wants to fill the memory or to hold the line."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest

from station.errors import HubError
from station.sync.hub_client import HubClient
from station.sync.patience import Patience
from station.sync.wire import MOST_ANSWER_BYTES

from .fake_server import FakeServer, serving
from .invented import event
from .model_hub import ModelHub

HEAD = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\n"


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with serving(ModelHub()) as server:
        yield server


@pytest.fixture
def client(server: FakeServer) -> Iterator[HubClient]:
    client = HubClient(server.url, "token", practice=True, patience=Patience(connect=10, byte=10, exchange=60))
    yield client
    client.close()


def refusal(server: FakeServer, client: HubClient, answer: bytes) -> str:
    server.odd.append(answer)
    with pytest.raises(HubError) as told:
        client.tell([event(1)])
    assert client.tell([event(1)]), "the next exchange works again"
    return told.value.code


def test_an_answer_without_end_is_cut_off_at_its_bound(server: FakeServer, client: HubClient) -> None:
    piece = b"%x\r\n%s\r\n" % (1 << 20, b" " * (1 << 20))
    endless = HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + piece * (MOST_ANSWER_BYTES // (1 << 20) + 8)
    assert refusal(server, client, endless) == "hub.malformed_answer"


def test_an_answer_that_says_it_is_a_gigabyte_is_not_waited_for(server: FakeServer, client: HubClient) -> None:
    long = HEAD + b"Content-Length: 1073741824\r\n\r\n" + bytes(MOST_ANSWER_BYTES + 1)
    assert refusal(server, client, long) == "hub.malformed_answer"


@pytest.mark.parametrize("encoding", [b"gzip", b"deflate", b"br"])
def test_compression_that_nobody_asked_for_is_not_undone(
    server: FakeServer, client: HubClient, encoding: bytes
) -> None:
    bomb = gzip.compress(b" " * (64 << 20), 9)
    answer = HEAD + b"Content-Encoding: %s\r\nContent-Length: %d\r\n\r\n" % (encoding, len(bomb)) + bomb
    assert refusal(server, client, answer) == "hub.malformed_answer"


def test_headers_without_end_are_cut_off(server: FakeServer, client: HubClient) -> None:
    assert refusal(server, client, HEAD + b"X-Long: " + b"a" * 500_000 + b"\r\n\r\n{}") == "hub.broken_off"


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 1_000_000,
        b'{"answers": ' + b"9" * 100_000 + b"}",
        b'{"answers": [], "answers": [{"seq": 1, "status": "rejected"}]}',
        b'{"answers": [{"seq": 1e999, "status": "rejected"}]}',
        b'{"answers": [{"seq": true, "status": "rejected"}]} x',
    ],
    ids=["deep", "a huge number", "a name twice", "no number", "more behind it"],
)
def test_an_answer_that_no_hub_writes_is_malformed(server: FakeServer, client: HubClient, body: bytes) -> None:
    assert refusal(server, client, HEAD + b"Content-Length: %d\r\n\r\n" % len(body) + body) == "hub.malformed_answer"
