"""The signature on a request is the contract's, byte for byte."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from station.errors import HubError
from station.sync.hub_client import HubClient
from station.sync.request_key import TellRequestKey
from station.sync.request_signature import HEADER, RequestSigner, signed_text

VECTORS = json.loads(
    (Path(__file__).parents[3] / "contract" / "v1" / "vectors" / "request.json").read_text(encoding="utf-8")
)
CREATED = datetime.fromisoformat("2026-11-23T08:15:00+07:00")


def signer(private_key: str) -> RequestSigner:
    return RequestSigner(base64.b64decode(private_key), lambda: CREATED)


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["about"][:30])
def test_a_signature_is_that_of_the_contract(case: dict[str, Any]) -> None:
    page = case["text"].endswith("\n-")
    body = None if page else base64.b64decode(case["body_base64"])
    text = signed_text(case["method"], case["target"], case["created"], case["upload_offset"], body)
    assert text.decode() == case["text"]
    signing = signer(VECTORS["private_key"])
    assert (
        signing.header(case["method"], case["target"], case["created"], body, case["upload_offset"]) == case["header"]
    )


def test_another_key_is_proven_as_the_contract_says() -> None:
    new = VECTORS["new_key"]
    assert signer(new["private_key"]).public == new["public_key"]
    assert signer(new["private_key"]).proof("T01", new["created"]) == new["request"]["proof"]


def test_a_client_signs_every_request_as_it_goes_out() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(304, stream=httpx.ByteStream(b""))

    signing = signer(VECTORS["private_key"])
    client = HubClient("https://hub.mau", "token", transport=httpx.MockTransport(answer), signer=signing)
    assert client.changes(41) is None
    client.close()
    assert seen[0].headers[HEADER] == VECTORS["cases"][0]["header"]


class Keys:
    def __init__(self, current: bytes, following: bytes | None = None) -> None:
        self.seeds, self.following, self.told_to = [current], following, b""

    def current(self) -> bytes:
        return self.seeds[-1]

    def next(self) -> bytes | None:
        return self.following

    def is_told(self, authority: bytes) -> bool:
        return self.told_to == authority

    def told(self, authority: bytes, seed: bytes) -> None:
        self.seeds.append(seed)
        self.following, self.told_to = None, authority


class Hub:
    """A hub that counts on one key, or on none yet."""

    def __init__(self, key: str | None) -> None:
        self.key, self.signer = key, None
        self.loses_answers = 0

    signer: RequestSigner | None

    def change_request_key(self, station: str, new: RequestSigner) -> None:
        assert self.signer is not None
        if self.key is not None and self.signer.public != self.key:
            raise HubError("hub.unsigned")
        self.key = new.public
        if self.loses_answers:
            self.loses_answers -= 1
            raise HubError("hub.broken_off")


OLD, NEW = bytes(range(32)), bytes(range(32, 64))
AUTHORITY = b"the hub"


def errand(hub: Hub, keys: Keys) -> Callable[[], bool]:
    hub.signer = RequestSigner(keys.current(), lambda: CREATED)
    return TellRequestKey(hub, keys, AUTHORITY, "T01", lambda: CREATED)


def test_a_station_that_was_enrolled_without_a_key_tells_it_at_its_first_call() -> None:
    hub, keys = Hub(None), Keys(OLD)
    errand(hub, keys)()
    assert hub.key == RequestSigner(OLD, lambda: CREATED).public
    assert keys.is_told(AUTHORITY)


def test_another_key_takes_the_place_of_the_old_one_though_the_answer_is_lost() -> None:
    hub, keys = Hub(RequestSigner(OLD, lambda: CREATED).public), Keys(OLD, NEW)
    hub.loses_answers = 1
    tell = errand(hub, keys)
    with pytest.raises(HubError, match=r"hub\.broken_off"):
        tell()
    assert keys.next() == NEW, "nobody has said yes"
    tell()
    assert hub.signer is not None
    assert hub.key == hub.signer.public == RequestSigner(NEW, lambda: CREATED).public
    assert keys.next() is None


def test_a_key_that_the_hub_never_heard_of_stays_unsigned() -> None:
    hub, keys = Hub("another station's"), Keys(OLD)
    with pytest.raises(HubError, match=r"hub\.unsigned"):
        errand(hub, keys)()
    assert not keys.is_told(AUTHORITY)
