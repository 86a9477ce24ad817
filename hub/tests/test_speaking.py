"""How stations speak to the hub: what «nothing changed» costs, whom the hub hears, and what nobody can find out."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from provincial_hub.contract import validator

Post = Callable[..., list[dict[str, Any]]]
CREATED = "2026-11-23T08:15:00+07:00"
LONGEST_HEAD = "TSN1|9007199254740991|" + "f" * 64 + f"|{CREATED}|" + "A" * 43 + "|" + "A" * 86


class Signing:
    """A station that signs: the contract's words, written a second time."""

    def __init__(self, client: httpx.Client) -> None:
        self.key, self.client = Ed25519PrivateKey.generate(), client

    @property
    def public(self) -> str:
        return base64.b64encode(self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()

    def sign(self, text: str) -> str:
        return base64.urlsafe_b64encode(self.key.sign(text.encode())).decode().rstrip("=")

    def header(self, method: str, target: str, body: bytes = b"", offset: str = "-") -> str:
        digest = hashlib.sha256(body).hexdigest()
        token = self.client.headers["Authorization"].removeprefix("Bearer ")
        lines = ["TSQ1", hashlib.sha256(token.encode()).hexdigest(), method, target, CREATED, offset, digest]
        return f"TSQ1|{CREATED}|{self.sign(chr(10).join(lines))}"

    def ask(self, method: str, target: str, body: bytes = b"", **headers: str) -> httpx.Response:
        signature = self.header(method, target, body, headers.get("Upload-Offset", "-"))
        return self.client.request(method, target, content=body, headers={"Station-Signature": signature, **headers})

    def enrol_key(self, station: str) -> httpx.Response:
        """For a station that has none yet."""
        proof = self.sign(f"TSK1|{station}|{self.public}|{CREATED}")
        return self.ask("POST", "/v1/station/keys", json.dumps({"request_key": self.public, "proof": proof}).encode())


def wire_cost(hub: Any, request: bytes) -> tuple[int, bytes]:
    """Bytes of the request and of the whole answer, as they pass through the socket, and the answer."""
    with hub.connect() as line:
        line.sendall(request)
        answer = bytearray()
        while b"\r\n\r\n" not in answer:
            piece = line.recv(4096)
            assert piece
            answer += piece
    return len(request) + len(answer), bytes(answer)


def test_nothing_changed_costs_less_than_a_kilobyte_with_every_header_and_signature(hub: Any) -> None:
    signing = Signing(hub.station())
    assert signing.enrol_key(hub.one).status_code == 204
    target = "/v1/changes?after=0&limit=100"
    headers = {
        "Host": "hub.tinh-mau.example:8443",
        "Authorization": signing.client.headers["Authorization"].ljust(len("Bearer ") + 43),  # as long as a real token
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "keep-alive",
        "User-Agent": "digital-station",
        "If-None-Match": '"0"',
        "Station-Signature": signing.header("GET", target),
        "Station-Trail-Head": LONGEST_HEAD,
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    cost, answer = wire_cost(hub, f"GET {target} HTTP/1.1\r\n{head}\r\n".encode())
    assert answer.startswith(b"HTTP/1.1 304")
    assert cost < 1024, f"{cost} bytes: {answer!r}"


def test_a_station_without_a_key_takes_one_and_is_heard_unsigned_no_more(hub: Any) -> None:
    client = hub.station()
    assert client.get("/v1/changes").status_code == 200
    signing = Signing(client)
    assert signing.enrol_key(hub.one).status_code == 204
    assert client.get("/v1/changes").json()["error"]["code"] == "auth.signature"
    assert signing.ask("GET", "/v1/changes").status_code == 200
    assert Signing(client).enrol_key(hub.one).json()["error"]["code"] == "auth.signature"


def test_a_first_request_key_raises_an_alarm_and_another_one_does_not(hub: Any) -> None:
    def alarms() -> list[str]:
        told = [json.loads(line) for line in hub.command("alarms").stdout.splitlines()]
        return [one["kind"] for one in told if one["station"] == hub.one]

    signing = Signing(hub.station())
    former = Signing(signing.client)
    former.key = signing.key
    assert signing.enrol_key(hub.one).status_code == 204
    assert alarms() == ["first_request_key"]
    signing.key = Ed25519PrivateKey.generate()
    proof = signing.sign(f"TSK1|{hub.one}|{signing.public}|{CREATED}")
    told = json.dumps({"request_key": signing.public, "proof": proof}).encode()
    assert former.ask("POST", "/v1/station/keys", told).status_code == 204
    assert alarms() == ["first_request_key"]


def test_nothing_is_kept_of_events_that_somebody_else_has_signed(hub: Any, sealed: Any) -> None:
    client = hub.station()
    signing = Signing(client)
    assert signing.enrol_key(hub.one).status_code == 204
    batch = json.dumps({"events": [sealed()]}).encode()
    assert Signing(client).ask("POST", "/v1/events", batch).status_code == 401
    assert hub.holdings() == []
    assert signing.ask("POST", "/v1/events", batch).status_code == 200
    assert [row["seq"] for row in hub.holdings()] == [1]


def chosen(token: str) -> dict[str, str]:
    return {"token_sha256": hashlib.sha256(token.encode()).hexdigest()}


def test_the_token_so_far_is_good_until_the_new_one_is_used(hub: Any) -> None:
    client, given_up, token = hub.station(), f"given-up-{hub.one}", f"next-{hub.one}"
    for one in (given_up, token, token):
        assert client.post("/v1/station/token", json=chosen(one)).status_code == 204
    assert client.get("/v1/changes").status_code == 200
    assert hub.station(token=given_up).get("/v1/changes").status_code == 401
    assert hub.station(token=token).get("/v1/changes").status_code == 200
    assert client.get("/v1/changes").status_code == 401
    assert hub.station(token=token).post("/v1/station/token", json=chosen(token)).status_code == 204
    assert hub.station(token=token).get("/v1/changes").status_code == 200


def test_a_new_token_counts_once_it_comes_with_the_station_s_signature(hub: Any) -> None:
    signing, token = Signing(hub.station()), f"next-{hub.one}"
    assert signing.enrol_key(hub.one).status_code == 204
    assert signing.ask("POST", "/v1/station/token", json.dumps(chosen(token)).encode()).status_code == 204
    assert hub.station(token=token).get("/v1/changes").json()["error"]["code"] == "auth.signature"
    assert signing.ask("GET", "/v1/changes").status_code == 200
    signing.client = hub.station(token=token)
    assert signing.ask("GET", "/v1/changes").status_code == 200
    signing.client = hub.station()
    assert signing.ask("GET", "/v1/changes").json()["error"]["code"] == "auth.unknown_station"


def test_whoever_copied_every_request_of_a_change_can_neither_undo_it_nor_shut_the_station_out(hub: Any) -> None:
    signing, token = Signing(hub.station()), f"next-{hub.one}"
    assert signing.enrol_key(hub.one).status_code == 204
    copied: list[httpx.Request] = []
    signing.client.event_hooks = {"request": [copied.append]}
    assert signing.ask("POST", "/v1/station/token", json.dumps(chosen(token)).encode()).status_code == 204
    assert signing.ask("GET", "/v1/changes").status_code == 200
    signing.client = hub.station(token=token)
    signing.client.event_hooks = {"request": [copied.append]}
    former = Signing(signing.client)
    former.key = signing.key
    assert signing.ask("GET", "/v1/changes").status_code == 200
    signing.key = Ed25519PrivateKey.generate()
    proof = signing.sign(f"TSK1|{hub.one}|{signing.public}|{CREATED}")
    told = json.dumps({"request_key": signing.public, "proof": proof}).encode()
    assert former.ask("POST", "/v1/station/keys", told).status_code == 204

    for request in list(copied):
        for bearer in ({}, {"Authorization": f"Bearer {token}"}):
            with httpx.Client() as anybody:
                again = httpx.Request(
                    request.method, request.url, headers={**request.headers, **bearer}, content=request.content
                )
                assert anybody.send(again).status_code == 401
    assert signing.ask("GET", "/v1/changes").status_code == 200


def test_no_station_can_take_the_token_of_another_or_be_taken_for_it(hub: Any) -> None:
    theirs = hub.station(hub.other).headers["Authorization"].removeprefix("Bearer ")
    assert hub.station().post("/v1/station/token", json=chosen(theirs)).json()["error"]["code"] == "request.malformed"
    told = hub.station(hub.other).post("/v1/station/token", json=chosen("wanted-by-two"))
    assert told.status_code == 204
    assert hub.station().post("/v1/station/token", json=chosen("wanted-by-two")).status_code == 400
    assert hub.station(hub.other).get("/v1/changes").status_code == 200


def test_who_is_shut_out_is_told_so_and_is_heard_again_when_let_in(hub: Any) -> None:
    assert hub.station().get("/v1/changes").status_code == 200
    done = hub.command("station-shut-out", "--station", hub.one, "--by", "lanhdao.mau", "--reason", "máy bị mất cắp")
    assert done.returncode == 0, done.stderr
    assert hub.station().get("/v1/changes").json()["error"]["code"] == "auth.shut_out"
    assert hub.station(hub.other).get("/v1/changes").status_code == 200
    assert hub.command("station-let-in", "--station", hub.one, "--by", "x", "--reason", "y").returncode == 0
    assert hub.station().get("/v1/changes").status_code == 200


def test_another_station_s_page_is_answered_word_for_word_as_one_that_does_not_exist(
    hub: Any, sealed: Any, post: Post, put: Any
) -> None:
    mine, theirs = b"MAU - SPECIMEN 1", b"MAU - SPECIMEN 2"
    post(hub.station(), sealed(mine))
    assert put(hub.station(), mine).status_code == 201
    other = hub.station(hub.other)
    preview = {"Content-Type": "image/webp"}
    for content in (mine, theirs):
        name = hashlib.sha256(content).hexdigest()
        assert other.head(f"/v1/pages/{name}").status_code == 404
    there, nowhere = (hashlib.sha256(content).hexdigest() for content in (mine, theirs))
    for ask in (
        lambda name: put(other, mine if name == there else theirs),
        lambda name: other.put(f"/v1/pages/{name}/preview", content=b"RIFF0000WEBP", headers=preview),
        lambda name: other.get(f"/v1/procedures/{name}"),
    ):
        one, another = ask(there), ask(nowhere)
        assert (one.status_code, one.content, _plain(one)) == (another.status_code, another.content, _plain(another))
        assert one.status_code == 404


def test_a_roster_is_told_as_a_change_when_people_change(hub: Any) -> None:
    station, other = hub.station(), hub.station(hub.other)
    start, quiet = (one.get("/v1/changes").json()["cursor"] for one in (station, other))
    name = f"canbo.{hub.one.lower()}"
    added = hub.command("people-add", "--id", name, "--name", "Cán bộ Mẫu", "--role", "officer", "--station", hub.one)
    assert added.returncode == 0, added.stderr
    told = _changes_after(station, start)
    assert [change["subject"] for change in told] == ["roster"]
    validator("change.schema.json").validate(told[0])
    assert station.get("/v1/roster").headers["ETag"] == f'"{told[0]["body"]["version"]}"'
    assert other.get(f"/v1/changes?after={quiet}").json()["changes"] == []


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"\xff", b'{"waiting": NaN}', b"[" * 10_000])
def test_a_body_that_is_no_document_is_refused_without_a_word_of_it(hub: Any, body: bytes) -> None:
    for method, path in (("PUT", "/v1/station/report"), ("POST", "/v1/station/keys"), ("POST", "/v1/enrolments")):
        answer = hub.station().request(method, path, content=body)
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "request.malformed")


def test_a_batch_may_come_compressed_and_a_bomb_is_not_unpacked(hub: Any, sealed: Any) -> None:
    station = hub.station()
    packed = {"Content-Encoding": "gzip"}
    batch = gzip.compress(json.dumps({"events": [sealed()]}).encode())
    assert station.post("/v1/events", content=batch, headers=packed).json()["answers"][0]["status"] == "accepted"
    bomb = gzip.compress(b" " * (64 << 20))
    assert station.post("/v1/events", content=bomb, headers=packed).json()["error"]["code"] == "request.too_large"
    for broken in (batch[:-1], batch + b"more", b"none"):
        answer = station.post("/v1/events", content=broken, headers=packed)
        assert answer.json()["error"]["code"] == "request.malformed"


def test_a_pack_is_offered_from_the_command_line_and_one_that_is_none_is_not(hub: Any, tmp_path: Path) -> None:
    pack = tmp_path / "pack.zip"
    with zipfile.ZipFile(pack, "w") as archive:
        archive.writestr("calendar/2027.toml", "year = 2027\n")
    done = hub.command("procedures-offer", "--file", str(pack), "--station", hub.one)
    assert done.returncode == 0, done.stderr
    station = hub.station()
    told = station.get("/v1/changes").json()["changes"][-1]["body"]
    assert station.get(f"/v1/procedures/{told['sha256']}").content == pack.read_bytes()
    with zipfile.ZipFile(pack, "a") as archive:
        archive.writestr("../calendar/2027.toml", "year = 2027\n")
    assert hub.command("procedures-offer", "--file", str(pack), "--station", hub.one).returncode == 2


def _changes_after(station: httpx.Client, cursor: int) -> list[dict[str, Any]]:
    """What comes after the cursor, once something does: people are looked at every few seconds."""
    while True:
        told = station.get(f"/v1/changes?after={cursor}").json()["changes"]
        if told:
            return list(told)


def _plain(answer: httpx.Response) -> dict[str, str]:
    return {name: value for name, value in answer.headers.items() if name not in ("date", "x-request-id")}
