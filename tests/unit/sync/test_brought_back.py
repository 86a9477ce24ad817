"""A station that was brought back asks the hub how far it had got, and tells it nothing before it knows."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from station.dossier.delivery import OutboxEvent
from station.dossier.signed_document import signed
from station.errors import HubError
from station.sync.answers import Answer, NeedPages
from station.sync.loop import SyncLoop
from station.sync.receipts import HubKey
from station.sync.standing import read_standing

from .invented import MORNING, PageBox, event
from .memory_ledger import MemoryLedger

PRIVATE = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
KEY = HubKey(PRIVATE.public_key().public_bytes_raw())
NONCE = "n" * 16


class FixedClock:
    def now(self) -> Any:
        return MORNING


class Asked:
    """A hub that writes down what it is asked, in its order."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.trouble: HubError | None = None

    def standing(self, nonce: str) -> bytes:
        self.asked.append("standing")
        if self.trouble:
            raise self.trouble
        return document(nonce=nonce)

    def tell(self, events: Sequence[OutboxEvent]) -> tuple[Answer, ...]:
        self.asked.append("tell")
        return tuple(NeedPages(one.pages) for one in events)

    def send_page(self, sha256: str, content: bytes, offset: int) -> Any:
        raise AssertionError("no page is sent here")

    ask_page = send_page

    def interrupt(self) -> None: ...

    def close(self) -> None: ...


class Recall:
    def __init__(self) -> None:
        self.settled: list[int] = []

    def unsettled(self) -> bool:
        return not self.settled

    def settle(self, highest: int) -> None:
        self.settled.append(highest)


def document(**changes: object) -> bytes:
    said = {"kind": "standing", "station": "T01", "nonce": NONCE, "time": MORNING.isoformat(), "highest_seq": 19}
    return json.dumps(signed({**said, **changes}, PRIVATE)).encode()


@pytest.fixture
def hub() -> Asked:
    return Asked()


def loop_over(hub: Asked, recall: Recall) -> SyncLoop:
    pages, ledger = PageBox(), MemoryLedger()
    ledger.enqueue(event(1, (pages.add(b"page"),)))
    return SyncLoop(ledger, pages, hub, KEY, FixedClock(), lambda: 0.5, "T01", recall)


def test_the_hub_is_asked_before_it_is_told_anything(hub: Asked) -> None:
    recall = Recall()
    loop = loop_over(hub, recall)
    assert loop.turn().busy
    assert recall.settled == [19]
    loop.turn()
    assert hub.asked == ["standing", "tell"]


def test_as_long_as_it_does_not_answer_nothing_is_told(hub: Asked) -> None:
    recall, hub.trouble = Recall(), HubError("hub.unreachable")
    loop = loop_over(hub, recall)
    turns = [loop.turn() for _ in range(3)]
    assert [turn.trouble for turn in turns] == ["hub.unreachable"] * 3
    assert hub.asked == ["standing"], "and it is not asked again before its time"
    assert recall.settled == []
    hub.trouble = None
    loop.try_now()
    assert loop.turn().busy
    assert recall.settled == [19]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"nonce": "another, from an answer of yesterday"}, "hub.bad_receipt"),
        ({"station": "T02"}, "hub.bad_receipt"),
        ({"kind": "receipt"}, "hub.bad_receipt"),
        ({"highest_seq": -1}, "hub.malformed_answer"),
        ({"highest_seq": True}, "hub.malformed_answer"),
        ({"time": None}, "hub.malformed_answer"),
    ],
)
def test_an_answer_that_is_not_of_now_for_this_station_is_refused(changes: dict[str, object], code: str) -> None:
    with pytest.raises(HubError, match=code):
        read_standing(document(**changes), "T01", NONCE, KEY.raw)


def test_an_answer_that_the_hub_did_not_sign_is_refused() -> None:
    told = json.loads(document())
    for spoilt in ({**told, "highest_seq": 3}, {**told, "signature": base64.b64encode(bytes(64)).decode()}):
        with pytest.raises(HubError, match=r"hub\.bad_receipt"):
            read_standing(json.dumps(spoilt).encode(), "T01", NONCE, KEY.raw)
    with pytest.raises(HubError, match=r"hub\.malformed_answer"):
        read_standing(b"<html>", "T01", NONCE, KEY.raw)
    assert read_standing(document(), "T01", NONCE, KEY.raw).highest_seq == 19
