"""Contract JSON out and in, strictly."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station.dossier.delivery import HubReceipt
from station.dossier.signed_document import canonical
from station.errors import HubError
from station.sync.answers import Accepted, Conflict, NeedPages, Refusal, Unusable
from station.sync.receipts import HubKey
from station.sync.wire import batch_bytes, event_bytes, fitting, read_answers, read_health, read_refusal

from .invented import event
from .model_hub import ModelHub

A, B = "a" * 64, "b" * 64


def answers(*given: object) -> bytes:
    return json.dumps({"answers": list(given)}).encode()


def test_canonical_json_is_sorted_tight_and_keeps_vietnamese_letters() -> None:
    assert canonical({"b": 1, "a": ["Đỗ", None, True]}) == '{"a":["Đỗ",null,true],"b":1}'.encode()


def test_an_event_has_the_members_of_the_contract() -> None:
    assert json.loads(event_bytes(event(3, (A,)))) == {
        "station": "T01",
        "seq": 3,
        "kind": "dossier.sealed",
        "dossier_id": "T01-3",
        "base_version": 0,
        "created_at": "2026-03-02T08:03:00+07:00",
        "pages": [A],
        "body": {"number": "H00.00.00-260302-0003", "note": "MẪU – SPECIMEN: Nguyễn Văn Mẫu"},
    }


def test_a_batch_holds_its_events_in_order() -> None:
    batch = json.loads(batch_bytes([event(1), event(2)]))
    assert [told["seq"] for told in batch["events"]] == [1, 2]


def test_a_batch_keeps_within_fifty_events_and_four_mebibytes() -> None:
    assert fitting([1000] * 99) == 50
    large = [event(seq, body={"text": "x" * (1 << 20)}) for seq in (1, 2, 3, 4, 5)]
    assert fitting([len(event_bytes(one)) for one in large]) == 3
    assert len(batch_bytes(large[:3])) <= 4 << 20
    assert fitting([5 << 20]) == 1, "the hub is to judge it"


def test_every_kind_of_answer_is_read() -> None:
    reason = {"code": "version.other", "message": "xem lại"}
    told = [event(1, (A, B)), event(2), event(3)]
    content = answers(
        {"seq": 1, "status": "need_pages", "pages": [B, A, B]},
        {"seq": 2, "status": "conflict", "reason": reason},
        {"seq": 3, "status": "rejected", "reason": reason},
    )
    assert read_answers(content, told) == (
        NeedPages((B, A)),
        Conflict("version.other", "xem lại"),
        Refusal("version.other", "xem lại"),
    )


@pytest.mark.parametrize(
    "answer",
    [
        {"seq": 1, "status": "need_pages", "pages": []},
        {"seq": 1, "status": "need_pages", "pages": ["c" * 64]},
        {"seq": 1, "status": "need_pages", "pages": [{}]},
        {"seq": 1, "status": "accepted"},
        {"seq": 1, "status": "accepted", "receipt": {"seq": True}},
        {"seq": 1, "status": "rejected", "reason": {"code": "Not A Code", "message": ""}},
        {"seq": 1, "status": "splendid"},
        {"seq": 1},
    ],
)
def test_one_answer_that_makes_no_sense_spoils_no_other(answer: dict[str, Any]) -> None:
    good = {"seq": 2, "status": "rejected", "reason": {"code": "a.b", "message": ""}}
    assert read_answers(answers(answer, good), [event(1, (A,)), event(2)]) == (
        Unusable("hub.malformed_answer"),
        Refusal("a.b", ""),
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'{"answers":{}}',
        answers(),
        answers(1),
        answers({"seq": 2}),
        b"\xff",
        b"[" * 100_000,
    ],
)
def test_answers_that_cannot_be_told_apart_are_an_error(content: bytes) -> None:
    with pytest.raises(HubError, match=r"hub.malformed_answer"):
        read_answers(content, [event(1)])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(["seq", "status", "pages", "receipt", "reason", "code", "message", "station", "durable"])
WORDS = st.sampled_from([1, "accepted", "need_pages", "rejected", "conflict", True, [A], A]) | JSON


@settings(max_examples=100)
@given(st.dictionaries(NAMES, WORDS | st.dictionaries(NAMES, WORDS)))
def test_no_answer_makes_the_station_stumble(answer: dict[str, Any]) -> None:
    (read,) = read_answers(answers({**answer, "seq": 1}), [event(1, (A,))])
    assert isinstance(read, NeedPages | Accepted | Conflict | Refusal | Unusable)


def test_a_refusal_is_read_only_in_the_form_of_the_contract() -> None:
    assert read_refusal(b'{"error":{"code":"request.malformed","message":"no"}}') == Refusal("request.malformed", "no")
    with pytest.raises(HubError, match=r"hub.malformed_answer"):
        read_refusal(b"<html>403</html>")


@pytest.mark.parametrize("content", [b"{}", b'{"contract":"2","time":"x"}', b'{"contract":"1","time":5}'])
def test_health_of_something_else_is_an_error(content: bytes) -> None:
    with pytest.raises(HubError, match=r"hub.malformed_answer"):
        read_health(content)


@pytest.fixture(scope="module")
def signed() -> tuple[HubKey, HubReceipt]:
    hub = ModelHub()
    hub.now.pages = {A: b"", B: b""}
    reply = hub.tell({"events": [json.loads(event_bytes(event(1, (A, B))))]})
    (answer,) = read_answers(reply.content, [event(1, (A, B))])
    assert isinstance(answer, Accepted)
    return HubKey.parse(hub.public_key), answer.receipt


def test_a_receipt_for_exactly_this_event_is_good(signed: tuple[HubKey, HubReceipt]) -> None:
    key, receipt = signed
    key.check(receipt, event(1, (A, B)))
    with pytest.raises(HubError, match=r"hub.bad_receipt"):
        key.check(receipt, event(1, (A,)))
    with pytest.raises(HubError, match=r"hub.bad_receipt"):
        key.check(receipt, event(2, (A, B)))


@pytest.mark.parametrize(
    "change",
    [
        {"hub_number": "HUB-2"},
        {"received_at": "2026-03-02T09:00:01+07:00"},
        {"durable": False},
        {"pages": (A,)},
        {"pages": (B, A)},
        {"station": "T02"},
        {"key_id": "0" * 16},
        {"signature": ""},
        {"signature": "không"},
        {"hub_number": "\ud800"},
    ],
)
def test_a_receipt_that_was_changed_is_bad(signed: tuple[HubKey, HubReceipt], change: dict[str, Any]) -> None:
    key, receipt = signed
    with pytest.raises(HubError, match=r"hub.bad_receipt"):
        key.check(replace(receipt, **change), event(1, (A, B)))


def test_a_receipt_of_another_hub_is_bad(signed: tuple[HubKey, HubReceipt]) -> None:
    _, receipt = signed
    stranger = HubKey(bytes(31) + b"\x09")
    with pytest.raises(HubError, match=r"hub.bad_receipt"):
        stranger.check(replace(receipt, key_id=stranger.key_id), event(1, (A, B)))


@pytest.mark.parametrize("text", ["", "AAAA", "không phải base64", "A" * 44])
def test_a_key_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(HubError, match=r"hub.bad_key"):
        HubKey.parse(text)
