"""What the hub has told, read strictly: each change signed, for this station, and following on the one before."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NoReturn, Protocol

from station.dossier.hub_changes import RESTORED, HubChange, HubState
from station.dossier.signed_document import check_signature
from station.errors import HubError, InputError
from station.strict_json import strict_json
from station.sync.wire import MOST_ANSWER_BYTES

log = logging.getLogger(__name__)

KIND = "change"
_SUBJECT = re.compile(r"[a-z]+(\.[a-z_]+)?")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MEMBERS: dict[str, dict[str, type]] = {
    "roster": {"version": int},
    "procedures": {"version": int, "sha256": str, "size": int},
    "dossier.code": {"dossier_id": str, "code": str, "by": str},
    "dossier.state": {"dossier_id": str, "state": str, "on": str, "note": str},
    "dossier.returned": {"dossier_id": str, "reason": str, "by": str},
    "dossier.corrected": {"dossier_id": str, "version": int, "changes": list, "reason": str, "by": str},
    "dossier.question": {"dossier_id": str, "question": str, "seq": int, "fields": list},
    "dossier.settled": {"dossier_id": str, "question": str, "version": int, "changes": list, "by": str},
    RESTORED: {"highest_seq": int},
}
"""What a subject of this contract says, at least."""
_LISTS = {"changes": ("value", "before", "after"), "fields": ("value", "base", "hub", "station")}


@dataclass(frozen=True, slots=True)
class Batch:
    """`cursor` is the hub's word on how far the station has got with it; below what was asked: the hub went back."""

    changes: tuple[HubChange, ...]
    cursor: int
    more: bool


class Feed(Protocol):
    """What was told, as it is kept here."""

    def cursor(self, authority: bytes) -> int: ...

    def take(self, authority: bytes, station: str, changes: Iterable[HubChange]) -> frozenset[str]: ...

    def go_back(self, authority: bytes, cursor: int) -> None: ...


class ChangesHub(Protocol):
    """The hub as this errand sees it."""

    def changes(self, after: int) -> bytes | None:
        """None where there is nothing new."""
        ...


class TakeChanges:
    """The errand: one exchange, and what came of it in one transaction."""

    def __init__(
        self,
        hub: ChangesHub,
        feed: Feed,
        authority: bytes,
        station: str,
        took: Callable[[tuple[HubChange, ...], frozenset[str]], None] = lambda _changes, _dossiers: None,
    ) -> None:
        """`took` is told of what was taken in, and which dossiers are concerned."""
        self._hub, self._feed, self._authority, self._station = hub, feed, authority, station
        self._took = took

    def __call__(self) -> bool:
        """Whether there is more to be asked for at once. Raises `HubError` and `StoreError`; nothing is kept then."""
        after = self._feed.cursor(self._authority)
        content = self._hub.changes(after)
        if content is None:
            return False
        batch = read_changes(content, self._station, after, self._authority)
        if batch.cursor < after:
            log.error("the hub went back from change %d to %d: it was brought back from a backup", after, batch.cursor)
            self._feed.go_back(self._authority, batch.cursor)
            return True
        concerned = self._feed.take(self._authority, self._station, batch.changes)
        if batch.changes:
            log.info("Took in the hub's changes up to %d", batch.cursor)
            self._took(batch.changes, concerned)
        if any(change.subject == RESTORED for change in batch.changes):
            log.warning("the hub was brought back from a backup: %d dossiers are told again", len(concerned))
        return batch.more


def read_changes(content: bytes, station: str, after: int, authority: bytes) -> Batch:
    """The hub's answer to `GET /v1/changes`.

    Raises `HubError`: `hub.malformed_answer`, `hub.bad_change` for one that the hub did not sign for this station, or
    that does not follow on the one before.
    """
    try:
        told = strict_json(content, MOST_ANSWER_BYTES)
    except ValueError:
        _malformed()
    if not isinstance(told, dict) or type(told.get("cursor")) is not int or type(told.get("more")) is not bool:
        _malformed()
    documents, cursor = told.get("changes"), told["cursor"]
    if not isinstance(documents, list) or not all(isinstance(one, dict) for one in documents):
        _malformed()
    if cursor < after:
        if documents or cursor < 0:
            _malformed()
        return Batch((), cursor, more=False)
    changes = tuple(_change(one, station, authority) for one in documents)
    if [change.cursor for change in changes] != list(range(after + 1, cursor + 1)):
        raise HubError("hub.bad_change")
    if told["more"] and not changes:
        _malformed()
    return Batch(changes, cursor, told["more"])


def _change(document: dict[str, Any], station: str, authority: bytes) -> HubChange:
    try:
        check_signature(document, KIND, authority)
    except InputError as error:
        raise HubError("hub.bad_change") from error
    if document.get("station") != station:
        raise HubError("hub.bad_change")
    cursor, subject, body = document.get("cursor"), document.get("subject"), document.get("body")
    if type(cursor) is not int or not isinstance(subject, str) or not _SUBJECT.fullmatch(subject):
        _malformed()
    if not isinstance(body, dict) or not _says_enough(subject, body):
        _malformed()
    return HubChange(cursor, subject, _moment(document.get("at")), body, document)


def _says_enough(subject: str, body: dict[str, Any]) -> bool:
    members = _MEMBERS.get(subject)
    if members is None:
        return True  # of a later contract: kept, not interpreted
    return (
        all(type(body.get(name)) is kind for name, kind in members.items())
        and all(_is_list_of(body[name], told) for name, told in _LISTS.items() if name in members)
        and (subject != "dossier.state" or _is_state(body))
        and (subject != "procedures" or (_SHA256.fullmatch(body["sha256"]) is not None and body["size"] > 0))
    )


def _is_list_of(items: list[Any], members: tuple[str, ...]) -> bool:
    return all(isinstance(item, dict) and all(type(item.get(name)) is str for name in members) for item in items)


def _is_state(body: dict[str, Any]) -> bool:
    try:
        date.fromisoformat(body["on"])
    except ValueError:
        return False
    return body["state"] in {state.value for state in HubState}


def _moment(told: object) -> datetime:
    try:
        at = datetime.fromisoformat(told) if isinstance(told, str) else None
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        _malformed()
    return at


def _malformed() -> NoReturn:
    raise HubError("hub.malformed_answer") from None
