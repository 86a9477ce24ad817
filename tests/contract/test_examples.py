"""The station's side of the example exchanges: it says what the examples say, and understands each answer."""

from __future__ import annotations

import base64
import gzip
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from station.dossier.delivery import OutboxEvent
from station.errors import HubError
from station.sync.answers import (
    Accepted,
    Conflict,
    Mismatch,
    NeedPages,
    NotAnnounced,
    PreviewKept,
    PreviewUnwanted,
    Refusal,
    Standing,
)
from station.sync.hub_client import HubClient

EXAMPLES = sorted((Path(__file__).parents[2] / "contract" / "v1" / "examples").glob("*.json"))
PATHS = re.compile(
    r"/v1/(health|events|enrolments|roster|station\?nonce=[\w-]{16,}|station/report|changes\?after=\d+&limit=100"
    r"|procedures/[0-9a-f]{64}|pages/[0-9a-f]{64}(/preview)?)"
)
TRANSFER_HEADERS = ("Authorization", "Upload-Offset", "Upload-Length", "Station-Trail-Head", "Range")
STATUS = {"need_pages": NeedPages, "accepted": Accepted, "conflict": Conflict, "rejected": Refusal}
TROUBLE = {401: "hub.unknown_station", 403: "hub.other_station", 405: "hub.wrong_address", 503: "hub.busy"}
TOLD_APART = {"auth.signature": "hub.unsigned", "auth.shut_out": "hub.shut_out", "station.quota": "hub.quota"}


def exchanges() -> list[Any]:
    cases = []
    for file in EXAMPLES:
        example = json.loads(file.read_text(encoding="utf-8"))
        for at, exchange in enumerate(example["exchanges"], 1):
            if "province" in exchange:
                continue
            cases.append(pytest.param(exchange, id=f"{file.stem}-{at}"))
    return cases


class Recorded(httpx.BaseTransport):
    """Gives the recorded answer and keeps what was asked."""

    def __init__(self, response: dict[str, Any]) -> None:
        self._response = response
        self.request: httpx.Request | None = None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.request = request
        answer = self._response
        content = json.dumps(answer["json"]).encode() if "json" in answer else b""
        return httpx.Response(answer["status"], headers=answer.get("headers"), stream=httpx.ByteStream(content))


def test_there_are_examples() -> None:
    assert EXAMPLES


@pytest.mark.parametrize("exchange", exchanges())
def test_the_station_says_and_understands_what_the_example_shows(exchange: dict[str, Any]) -> None:
    asked, answer = exchange["request"], exchange["response"]
    transport = Recorded(answer)
    token = asked["headers"].get("Authorization", "Bearer none").removeprefix("Bearer ")
    body = base64.b64decode(asked.get("body_base64", ""))
    head = asked["headers"].get("Station-Trail-Head")
    client = HubClient("http://127.0.0.1", token, practice=True, transport=transport, head=lambda: head)
    sayable = _is_sayable(asked)
    try:
        heard: object = _say(client, asked, body)
    except HubError as error:
        heard = error.code
    client.close()

    request = transport.request
    assert request is not None
    if sayable:
        assert (request.method, request.url.raw_path.decode()) == (asked["method"], asked["path"])
        for name in TRANSFER_HEADERS:
            if name in asked["headers"]:
                assert request.headers[name] == asked["headers"][name]
        if "json" in asked:
            plain = request.headers.get("Content-Encoding") != "gzip"
            assert json.loads(request.content if plain else gzip.decompress(request.content)) == asked["json"]
        elif asked["method"] == "PUT":
            assert request.content == body
        assert _is_understood(heard, answer, asked), heard
    else:
        assert heard is not None


def _say(client: HubClient, asked: dict[str, Any], body: bytes) -> object:
    """Make the client send this request, or the nearest that it ever sends."""
    sha256 = asked["path"].rpartition("/")[2]
    match asked["method"]:
        case "GET" if asked["path"].startswith("/v1/station"):
            return client.standing(asked["path"].partition("nonce=")[2])
        case "GET" if asked["path"] == "/v1/roster":
            return client.roster(int(_digits(asked["headers"].get("If-None-Match", "").strip('"')) or 0)) or b""
        case "GET" if asked["path"].startswith("/v1/changes?after="):
            after = asked["path"].removeprefix("/v1/changes?after=").removesuffix("&limit=100")
            return client.changes(int(_digits(after) or 0)) or b""
        case "GET" if asked["path"].startswith("/v1/procedures/"):
            return client.pack(sha256, int(_digits(asked["headers"].get("Range", "")[6:-1]) or 0))
        case "GET":
            return client.health()
        case "POST" if asked["path"] == "/v1/enrolments":
            return client.enrol(json.dumps(asked["json"]).encode())
        case "HEAD":
            return client.ask_page(sha256)
        case "PUT" if asked["path"] == "/v1/station/report":
            client.report(json.dumps(asked["json"]).encode())
            return b""
        case "PUT" if asked["path"].endswith("/preview"):
            return client.send_preview(asked["path"].split("/")[3], asked["headers"]["Content-Type"], body)
        case "PUT":
            offset = int(_digits(asked["headers"].get("Upload-Offset")) or 0)
            length = int(_digits(asked["headers"].get("Upload-Length")) or offset + len(body))
            content = bytes(offset) + body
            whole = content + bytes(max(0, length - len(content)))
            return client.send_page(sha256, whole, offset, max(1, len(body)))
        case _:
            return client.tell([_event(told) for told in _events(asked)])


def _is_sayable(asked: dict[str, Any]) -> bool:
    """Whether a station ever says this: some examples are requests that no station makes."""
    if not PATHS.fullmatch(asked["path"]):
        return False
    if asked["path"] == "/v1/enrolments":
        return True
    if "Authorization" not in asked["headers"] and asked["method"] != "GET":
        return False
    if asked["method"] == "POST":
        return "json" in asked and all(_is_whole(told) for told in asked["json"].get("events", [None]))
    if asked["path"].endswith("/preview") or asked["path"] == "/v1/station/report":
        return True
    if asked["method"] == "PUT":
        length, offset = asked["headers"].get("Upload-Length"), asked["headers"].get("Upload-Offset", "0")
        body = base64.b64decode(asked.get("body_base64", ""))
        return _digits(length) is not None and int(offset) + len(body) <= int(length) < (32 << 20)
    return True


def _is_understood(heard: object, answer: dict[str, Any], asked: dict[str, Any]) -> bool:
    status = answer["status"]
    if status == 403 and asked["path"] == "/v1/enrolments":
        return heard == "hub.enrolment_refused"
    code = answer.get("json", {}).get("error", {}).get("code")
    if code in TOLD_APART:
        return heard == TOLD_APART[code]
    if status in TROUBLE:
        return heard in {TROUBLE[status], "hub.unknown_station"}
    if asked["path"] == "/v1/enrolments":
        return isinstance(heard, bytes) if status == 201 else isinstance(heard, str)
    if asked["method"] == "GET":
        return isinstance(heard, str | bytes)
    if asked["method"] == "POST" and status == 200:
        kinds = [STATUS[each["status"]] for each in answer["json"]["answers"]]
        return isinstance(heard, tuple) and [type(each) for each in heard] == kinds
    if asked["path"].endswith("/preview"):
        kinds_of = {200: PreviewKept, 201: PreviewKept, 404: NotAnnounced}
        return isinstance(heard, kinds_of.get(status, PreviewUnwanted))
    if asked["path"] == "/v1/station/report":
        return isinstance(heard, bytes) if status == 204 else isinstance(heard, str)
    if status in {200, 201, 202, 409}:
        return isinstance(heard, Standing) and heard.complete == _says_complete(answer)
    return isinstance(heard, {404: NotAnnounced, 422: Mismatch}.get(status, Refusal))


def _says_complete(answer: dict[str, Any]) -> bool:
    headers = answer.get("headers", {})
    return bool(headers["Upload-Complete"] == "?1") if "Upload-Complete" in headers else answer["status"] in {200, 201}


def _events(asked: dict[str, Any]) -> list[dict[str, Any]]:
    given = asked.get("json", {}).get("events", [])
    whole = [told for told in given if _is_whole(told)]
    return whole or [
        {"station": "T01", "seq": 1, "kind": "dossier.sealed", "dossier_id": "x", "base_version": 0,
         "created_at": "2026-11-20T08:20:00+07:00", "pages": [], "body": {}}
    ]  # fmt: skip


def _is_whole(told: Any) -> bool:
    """An event that a station could make."""
    names = {"station", "seq", "kind", "dossier_id", "base_version", "created_at", "pages", "body"}
    return isinstance(told, dict) and set(told) == names and isinstance(told["created_at"], str)


def _event(told: dict[str, Any]) -> OutboxEvent:
    return OutboxEvent(
        **{**told, "created_at": datetime.fromisoformat(told["created_at"]), "pages": tuple(told["pages"])}
    )


def _digits(text: str | None) -> str | None:
    return text if text is not None and text.isdigit() else None
