"""Takes back what the hub answered on a stick: nothing counts that the hub has not signed for this station."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

import pyrage

from station.dossier.courier import Taken
from station.dossier.delivery import Delivery, HubReceipt, OutboxEvent
from station.dossier.signed_document import canonical, check_signature
from station.errors import HubError, InputError, StoreError
from station.outside_file import read_outside
from station.strict_json import strict_json
from station.sync.answers import Accepted, Answer, Conflict, NeedPages, Refusal
from station.sync.changes import Feed, read_changes
from station.sync.planner.learning import CONFLICTS
from station.sync.receipts import HubKey
from station.sync.wire import read_answers

KIND = "parcel_answer"
MOST_BYTES = 32 << 20
_AT_ONCE = 50


class Outbox(Protocol):
    """What waits, and what has become of it."""

    def events_of(self, keys: Sequence[tuple[str, int]]) -> list[OutboxEvent]: ...

    def together(self) -> AbstractContextManager[None]: ...

    def note(
        self, station: str, seq: int, delivery: Delivery, reason: str | None, detail: str | None, next_attempt: None
    ) -> None: ...

    def keep_receipt(self, event: OutboxEvent, receipt: HubReceipt) -> None: ...


def open_answer(file: Path, identity: str, station: str, hub: HubKey) -> dict[str, Any]:
    """The answer, once it is known that the hub signed it for this station.

    Raises `InputError`: `courier.not_for_us` for what is encrypted to another station or damaged,
    `courier.not_signed`, `courier.other_station`; and as `read_outside` does.
    """
    content = read_outside(file, MOST_BYTES, follow=True)
    try:
        plain = pyrage.decrypt(content, [pyrage.x25519.Identity.from_str(identity)])
    except (pyrage.DecryptError, OSError) as error:
        raise InputError("courier.not_for_us") from error
    try:
        document = strict_json(plain, MOST_BYTES)
    except ValueError as error:
        raise InputError("courier.not_signed") from error
    if not isinstance(document, dict):
        raise InputError("courier.not_signed")
    try:
        check_signature(document, KIND, hub.raw)
    except InputError as error:
        raise InputError("courier.not_signed") from error
    if document.get("station") != station:
        raise InputError("courier.other_station")
    return document


class AnswerTaker:
    """Taking the same answer again changes nothing."""

    def __init__(self, outbox: Outbox, feed: Feed, hub: HubKey) -> None:
        self._outbox, self._feed, self._hub = outbox, feed, hub

    def take(self, document: dict[str, Any]) -> Taken:
        """Of a document that `open_answer` returned."""
        station = document["station"]
        counts, dossiers = {"received": 0, "refused": 0, "waiting": 0}, set[str]()
        answers = [one for one in _list(document, "answers") if isinstance(one, dict) and type(one.get("seq")) is int]
        for at in range(0, len(answers), _AT_ONCE):
            told = {(station, one["seq"]): one for one in answers[at : at + _AT_ONCE]}
            events = self._outbox.events_of(list(told))
            batch = canonical({"answers": [told[event.station, event.seq] for event in events]})
            with self._outbox.together():
                for event, answer in zip(events, read_answers(batch, events), strict=True):
                    outcome = self._learn(event, answer)
                    if outcome:
                        counts[outcome] += 1
                        dossiers.add(event.dossier_id)
        changes, concerned = self._changes(document, station)
        return Taken(**counts, changes=changes, dossiers=frozenset(dossiers | concerned))

    def _learn(self, event: OutboxEvent, answer: Answer) -> str:
        match answer:
            case Accepted():
                try:
                    self._hub.check(answer.receipt, event)
                except HubError:
                    return ""
                self._outbox.keep_receipt(event, answer.receipt)
                return "received"
            case NeedPages():
                return "waiting"
            case Conflict(code, message):
                return self._refuse(event, CONFLICTS.get(code, "hub.conflict"), message or code)
            case Refusal(code, message):
                return self._refuse(event, "hub.refused", message or code)
            case _:
                return ""

    def _refuse(self, event: OutboxEvent, reason: str, detail: str) -> str:
        self._outbox.note(event.station, event.seq, Delivery.REFUSED, reason, detail, None)
        return "refused"

    def _changes(self, document: dict[str, Any], station: str) -> tuple[int, frozenset[str]]:
        """An answer that lay about for long brings what is known, or leaves a gap: the next one fills it."""
        after, cursor, told = document.get("after"), document.get("cursor"), _list(document, "changes")
        if type(after) is not int or type(cursor) is not int or not told:
            return 0, frozenset()
        before = self._feed.cursor(self._hub.raw)
        if after > before or cursor <= before:
            return 0, frozenset()
        batch = read_changes(
            canonical({"changes": told, "cursor": cursor, "more": False}), station, after, self._hub.raw
        )
        fresh = tuple(change for change in batch.changes if change.cursor > before)
        try:
            concerned = self._feed.take(self._hub.raw, station, fresh)
        except StoreError as error:
            if error.code != "store.change_missing":
                raise
            return 0, frozenset()  # the line was quicker
        return len(fresh), concerned


def _list(document: dict[str, Any], name: str) -> list[Any]:
    told = document.get(name)
    return told if isinstance(told, list) else []
