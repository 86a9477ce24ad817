"""The client over real sockets: resets, slowness, nonsense, portals."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from typing import Any

import pytest

from station.dossier.delivery import Delivery
from station.errors import HubError
from station.sync.answers import Accepted, Mismatch, NeedPages, NotAnnounced, Refusal, Standing
from station.sync.hub_client import HubClient
from station.sync.loop import SyncLoop
from station.sync.patience import Patience
from station.sync.receipts import HubKey

from .chaos_proxy import chaos
from .fake_server import FakeServer, interrupted, serving
from .invented import PageBox, TurnedClock, event, image
from .memory_ledger import MemoryLedger
from .model_hub import ModelHub, Reply

HTML = Reply(200, headers={"Content-Type": "text/html"})
SHORT = Patience(connect=1, byte=0.3, exchange=0.6)
SHA = "a" * 64


@pytest.fixture
def server() -> Iterator[FakeServer]:
    with serving(ModelHub()) as server:
        yield server


@pytest.fixture
def client(server: FakeServer) -> Iterator[HubClient]:
    client = HubClient(server.url, "token", practice=True)
    yield client
    client.close()


@pytest.fixture
def hasty(server: FakeServer) -> Iterator[HubClient]:
    client = HubClient(server.url, "token", practice=True, patience=SHORT)
    yield client
    client.close()


def test_an_event_and_its_page_go_out_and_a_good_receipt_comes_back(server: FakeServer, client: HubClient) -> None:
    pages = PageBox()
    told = event(1, (pages.add(image(1, 150_000)),))
    assert client.tell([told]) == (NeedPages(told.pages),)
    content = pages[told.pages[0]]
    assert client.send_page(told.pages[0], content, 0) == Standing(65536, complete=False)
    assert client.ask_page(told.pages[0]) == Standing(65536, complete=False)
    assert client.send_page(told.pages[0], content, 65536) == Standing(131072, complete=False)
    assert client.send_page(told.pages[0], content, 131072) == Standing(len(content), complete=True)
    (answer,) = client.tell([told]) or ()
    assert isinstance(answer, Accepted)
    HubKey.parse(server.hub.public_key).check(answer.receipt, told)
    assert server.tokens == {"Bearer token"}
    assert max(length for method, _, length in server.seen if method == "PUT") == 65536


def test_a_wrong_offset_says_where_to_go_on(client: HubClient) -> None:
    content = image(1, 500)
    pages = PageBox()
    sha256 = pages.add(content)
    client.tell([event(1, (sha256,))])
    assert client.send_page(sha256, content, 100) == Standing(0, complete=False)


def test_a_page_that_was_not_announced(client: HubClient) -> None:
    assert client.send_page(SHA, b"x", 0) == NotAnnounced()
    assert client.ask_page(SHA) == NotAnnounced()


def test_bytes_that_are_not_the_page(client: HubClient) -> None:
    client.tell([event(1, (SHA,))])
    assert client.send_page(SHA, b"something else", 0) == Mismatch()


def test_health_is_the_hubs_clock(client: HubClient) -> None:
    assert client.health() == "2026-03-02T08:00:00+07:00"


ERROR = {"error": {"code": "auth.other_station", "message": ""}}


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (Reply(200, {"answers": []}), "hub.malformed_answer"),
        (Reply(200, {"answers": [{"seq": 2, "status": "rejected"}]}), "hub.malformed_answer"),
        (Reply(200, {"answers": "x"}), "hub.malformed_answer"),
        (HTML, "hub.web_page"),
        (Reply(511), "hub.web_page"),
        (Reply(429, {"error": {"code": "station.quota", "message": ""}}), "hub.quota"),
        (Reply(401, {"error": {"code": "auth.signature", "message": ""}}), "hub.unsigned"),
        (Reply(403, {"error": {"code": "auth.shut_out", "message": ""}}), "hub.shut_out"),
        (Reply(413), "hub.body_cut"),
        (Reply(302, headers={"Location": "http://portal.example/"}), "hub.redirected"),
        (Reply(400), "hub.malformed_answer"),
        (Reply(404, {"error": {"code": "request.no_such_resource", "message": ""}}), "hub.wrong_address"),
        (Reply(401), "hub.unknown_station"),
        (Reply(403, ERROR), "hub.other_station"),
        (Reply(429), "hub.busy"),
        (Reply(502), "hub.failed"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n{", "hub.broken_off"),
        (b"", "hub.broken_off"),
        (b"SSH-2.0-OpenSSH_9.2p1\r\n", "hub.broken_off"),
        (b"HTTP/1.1 200 OK\r\n\r\n" + b"[" * 200_000, "hub.malformed_answer"),
        (b"HTTP/1.1 200 OK\r\n\r\n\xff\xfe", "hub.malformed_answer"),
    ],
)
def test_every_bad_answer_has_its_code(server: FakeServer, client: HubClient, reply: Reply | bytes, code: str) -> None:
    server.odd.append(reply)
    with pytest.raises(HubError) as raised:
        client.tell([event(1)])
    assert raised.value.code == code
    assert client.tell([event(1)]), "the next exchange works again"


@pytest.mark.parametrize(
    "reply", [HTML, Reply(202), Reply(409), Reply(202, headers={"Upload-Offset": "99"}), Reply(404)]
)
def test_every_bad_answer_to_a_page_is_an_error(server: FakeServer, client: HubClient, reply: Reply) -> None:
    server.odd.append(reply)
    with pytest.raises(HubError) as raised:
        client.send_page(SHA, b"x", 0)
    assert raised.value.code in {"hub.malformed_answer", "hub.wrong_address", "hub.web_page"}


@pytest.mark.parametrize("reply", [HTML, Reply(200, headers={"Upload-Offset": "-1", "Upload-Complete": "?0"})])
def test_every_bad_answer_to_a_question_is_an_error(server: FakeServer, client: HubClient, reply: Reply) -> None:
    server.odd.append(reply)
    with pytest.raises(HubError, match=r"hub.malformed_answer|hub.web_page"):
        client.ask_page(SHA)


def test_a_refusal_of_the_whole_request_is_an_answer(server: FakeServer, client: HubClient) -> None:
    server.odd.append(Reply(413, {"error": {"code": "request.too_large", "message": "at most\u0007 4 MiB"}}))
    assert client.tell([event(1)]) == Refusal("request.too_large", "at most  4 MiB")


def test_retry_after_comes_with_the_error(server: FakeServer, client: HubClient) -> None:
    server.odd.append(Reply(503, headers={"Retry-After": "30"}))
    with pytest.raises(HubError) as raised:
        client.tell([event(1)])
    assert raised.value.parameters == {"retry_after": 30}


def test_a_hub_that_says_nothing_is_given_up(server: FakeServer, hasty: HubClient) -> None:
    server.silent = True
    with pytest.raises(HubError, match=r"hub.timeout"):
        hasty.tell([event(1)])


def test_a_hub_that_drips_one_byte_at_a_time_is_given_up(server: FakeServer, hasty: HubClient) -> None:
    server.odd.append(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 100)
    server.byte_every = 0.05
    with pytest.raises(HubError, match=r"hub.timeout"):
        hasty.tell([event(1)])


def test_an_exchange_can_be_broken_off_from_another_thread(server: FakeServer) -> None:
    client = HubClient(server.url, "token", practice=True)
    with interrupted(client, server), pytest.raises(HubError, match=r"hub.broken_off"):
        client.tell([event(1)])
    client.close()


def test_an_exchange_that_is_broken_off_before_it_has_a_connection_sends_nothing(
    server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    sends_nothing_when_broken_off_before(HubClient(server.url, "token", practice=True), server, monkeypatch)


def sends_nothing_when_broken_off_before(
    client: HubClient, server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = socket.create_connection

    def slowly(*address: Any, **how: Any) -> socket.socket:
        client.interrupt()
        return connect(*address, **how)

    monkeypatch.setattr(socket, "create_connection", slowly)
    with pytest.raises(HubError, match=r"hub.broken_off"):
        client.tell([event(1)])
    monkeypatch.undo()
    assert not server.seen
    assert client.health(), "the next exchange works again"
    client.close()


def test_nobody_listening_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    client = HubClient(f"http://127.0.0.1:{port}", "token", practice=True)
    with pytest.raises(HubError, match=r"hub.unreachable"):
        client.health()
    client.close()


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("", "hub.not_configured"),
        ("http://hub.tinh.example", "hub.not_encrypted"),
        ("http://localhost:1", "hub.not_encrypted"),
        ("http://[::1]:1", "hub.not_encrypted"),
        ("https://hub.tinh.example", "hub.no_authority"),
        ("http://127.0.0.1.tinh.example", "hub.not_encrypted"),
        ("http://192.168.1.5:8080", "hub.not_encrypted"),
        ("ftp://127.0.0.1", "hub.bad_address"),
        ("https://", "hub.bad_address"),
        ("https://a:b@hub.tinh.example", "hub.bad_address"),
        ("https://hub.tinh.example:port", "hub.bad_address"),
        ("hub.tinh.example", "hub.bad_address"),
    ],
)
def test_an_address_that_may_not_be_used(address: str, code: str) -> None:
    with pytest.raises(HubError) as raised:
        HubClient(address, "token")
    assert raised.value.code == code


def test_an_encrypted_address_may_be_used_where_it_is_said_whom_to_trust() -> None:
    HubClient("https://hub.tinh.example/so", "token", tls=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)).close()


def test_practice_may_use_a_hub_on_the_training_network() -> None:
    HubClient("http://192.168.1.5:8080", "token", practice=True).close()


@pytest.mark.parametrize(
    ("token", "code"), [("", "hub.not_configured"), ("mã", "hub.bad_token"), ("a\nb", "hub.bad_token")]
)
def test_a_token_that_cannot_be_used(token: str, code: str) -> None:
    with pytest.raises(HubError) as raised:
        HubClient("https://hub.tinh.example", token, tls=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
    assert raised.value.code == code


def test_pages_arrive_whole_over_a_line_that_resets_again_and_again(server: FakeServer) -> None:
    ledger, pages, clock = MemoryLedger(), PageBox(), TurnedClock()
    told = [event(seq, (pages.add(image(seq, 240_000)),)) for seq in (1, 2, 3)]
    for one in told:
        ledger.enqueue(one)
    with chaos(server.server_address[1], [300, 20_000, 50_000, 90_000, 700, 10_000, 130_000, 5, 66_000]) as proxy:
        client = HubClient(proxy.url, "token", practice=True, patience=Patience(byte=5))
        loop = SyncLoop(ledger, pages, client, HubKey(server.hub.public_raw), clock, lambda: 0.5)
        for _ in range(200):
            turn = loop.turn()
            clock.at = turn.next_turn or clock.at
            if not ledger.pending():
                break
        loop.close()
        assert proxy.resets == 9
    assert [ledger.standing["T01", seq].delivery for seq in (1, 2, 3)] == [Delivery.RECEIVED] * 3
    assert server.hub.now.pages == dict(pages)
    sent = sum(length for method, _, length in server.seen if method == "PUT")
    assert sent < 1.2 * sum(map(len, pages.values())), "what arrived was sent again"


@pytest.mark.parametrize("proxy", ["socks://127.0.0.1:1080", "socks5://127.0.0.1:1080", "::::"])
def test_a_proxy_that_cannot_be_used_is_told_as_such(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    with pytest.raises(HubError) as told:
        HubClient("https://hub.example", "token", tls=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))
    assert told.value.code == "hub.bad_proxy"
