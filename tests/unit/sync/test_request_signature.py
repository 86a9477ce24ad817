"""The signature on a request is the contract's, byte for byte."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from station.sync.hub_client import HubClient
from station.sync.request_signature import HEADER, Asked, RequestSigner, signed_text

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
    asked = Asked(VECTORS["token"], case["method"], case["target"], body, case["upload_offset"])
    assert signed_text(asked, case["created"]).decode() == case["text"]
    assert signer(VECTORS["private_key"]).header(asked, case["created"]) == case["header"]


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
    client = HubClient("https://hub.mau", VECTORS["token"], transport=httpx.MockTransport(answer), signer=signing)
    assert client.changes(41) is None
    client.close()
    assert seen[0].headers[HEADER] == VECTORS["cases"][0]["header"]
