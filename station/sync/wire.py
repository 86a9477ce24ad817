"""The words of contract/v1: events into JSON, answers out of it, strictly."""

from __future__ import annotations

import gzip
import re
from collections.abc import Sequence
from typing import Any, NoReturn, TypeVar

from station.dossier.delivery import HubReceipt, OutboxEvent
from station.dossier.signed_document import canonical
from station.errors import HubError
from station.strict_json import strict_json
from station.sync.answers import Accepted, Answer, Conflict, NeedPages, Refusal, Unusable

CONTRACT = "1"
EVENTS_A_BATCH = 50
BYTES_A_BATCH = 4 << 20
MOST_ANSWER_BYTES = 4 << 20
MESSAGE_LENGTH = 500

_CODE = re.compile(r"[a-z0-9_.]{1,64}")
_SHA256 = re.compile(r"[0-9a-f]{64}")

Kind = TypeVar("Kind")


def event_bytes(event: OutboxEvent) -> bytes:
    """One event; the same event is always the same bytes."""
    return canonical(event.members())


def batch_bytes(events: Sequence[OutboxEvent]) -> bytes:
    """The body of `POST /v1/events`."""
    return b'{"events":[' + b",".join(event_bytes(event) for event in events) + b"]}"


def compressed(body: bytes) -> bytes:
    """For `Content-Encoding: gzip`; the same body is always the same bytes."""
    return gzip.compress(body, mtime=0)


def fitting(sizes: Sequence[int], most: int = EVENTS_A_BATCH, room: int = BYTES_A_BATCH) -> int:
    """How many of the first events, of these sizes, fit in one batch; at least one, for the hub to judge."""
    used = len(b'{"events":[]}')
    for count, size in enumerate(sizes[:most]):
        used += size + 1
        if used > room and count:
            return count
    return min(len(sizes), most)


def read_answers(content: bytes, events: Sequence[OutboxEvent]) -> tuple[Answer, ...]:
    """One answer an event, in order. An answer that makes no sense is `Unusable` and spoils no other.

    Raises `HubError("hub.malformed_answer")` when the answers cannot be told apart at all.
    """
    answers = _member(_object(content), "answers", list)
    if len(answers) != len(events):
        _malformed()
    pairs = list(zip(answers, events, strict=True))
    if any(not isinstance(answer, dict) or answer.get("seq") != event.seq for answer, event in pairs):
        _malformed()
    return tuple(_read_answer(answer, event) for answer, event in pairs)


def read_refusal(content: bytes) -> Refusal:
    """The error body of the contract; raises `HubError("hub.malformed_answer")` for anything else."""
    return Refusal(*_reason(_member(_object(content), "error", dict)))


def read_health(content: bytes) -> str:
    """The hub's time; raises `HubError("hub.malformed_answer")` unless it speaks this contract."""
    health = _object(content)
    if health.get("contract") != CONTRACT:
        _malformed()
    return _member(health, "time", str)


def _read_answer(answer: dict[str, Any], event: OutboxEvent) -> Answer:
    try:
        match _member(answer, "status", str):
            case "need_pages":
                return _need_pages(answer, event)
            case "accepted":
                return Accepted(_receipt(_member(answer, "receipt", dict)))
            case "conflict":
                return Conflict(*_reason(_member(answer, "reason", dict)))
            case "rejected":
                return Refusal(*_reason(_member(answer, "reason", dict)))
            case _:
                return Unusable("hub.malformed_answer")
    except HubError as error:
        return Unusable(error.code)


def _need_pages(answer: dict[str, Any], event: OutboxEvent) -> NeedPages:
    pages = _member(answer, "pages", list)
    if not pages or any(page not in event.pages for page in pages):
        _malformed()
    return NeedPages(tuple(dict.fromkeys(pages)))


def _receipt(answer: dict[str, Any]) -> HubReceipt:
    pages = _member(answer, "pages", list)
    if any(not isinstance(page, str) or not _SHA256.fullmatch(page) for page in pages):
        _malformed()
    return HubReceipt(
        station=_member(answer, "station", str),
        seq=_member(answer, "seq", int),
        dossier_id=_member(answer, "dossier_id", str),
        pages=tuple(pages),
        received_at=_member(answer, "received_at", str),
        hub_number=_member(answer, "hub_number", str),
        durable=_member(answer, "durable", bool),
        key_id=_member(answer, "key_id", str),
        signature=_member(answer, "signature", str),
        version=_member(answer, "version", int) if "version" in answer else None,
    )


def _reason(reason: dict[str, Any]) -> tuple[str, str]:
    code = _member(reason, "code", str)
    if not _CODE.fullmatch(code):
        _malformed()
    message = "".join(letter if letter.isprintable() else " " for letter in _member(reason, "message", str))
    return code, message[:MESSAGE_LENGTH]


def _object(content: bytes) -> dict[str, Any]:
    try:
        value = strict_json(content, MOST_ANSWER_BYTES)
    except ValueError:
        _malformed()
    if not isinstance(value, dict):
        _malformed()
    return value


def _member(value: dict[str, Any], name: str, kind: type[Kind]) -> Kind:
    """A member of exactly this JSON type: `true` is no number."""
    member = value.get(name)
    if type(member) is not kind:
        _malformed()
    return member


def _malformed() -> NoReturn:
    raise HubError("hub.malformed_answer") from None
