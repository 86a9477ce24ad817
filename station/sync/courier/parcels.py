"""Writes what waits for the hub as parcels: each is signed by the station and opened by nobody but its hub."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Protocol

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from station.dossier.courier import Written
from station.dossier.delivery import OutboxEvent
from station.dossier.signed_document import canonical
from station.errors import InputError
from station.sync.courier.stick import ENDING, Out, must_have_room, sweep, write_whole
from station.sync.courier.tape import Tape, room_for
from station.sync.wire import CONTRACT, event_bytes

KIND, MANIFEST = "parcel", "manifest.json"
LARGEST, MOST_EVENTS, MOST_MEMBERS = 3_800_000_000, 1_000, 20_000
"""FAT32 has no file of 4 GiB."""
EVENTS_ROOM = 64 << 20
_AT_ONCE = 50
_UNTOLD = 1 << 20
"""Taken for the size of a page that its event does not tell."""

Key = tuple[str, int]


class Outbox(Protocol):
    """What waits."""

    def pending_keys(self) -> list[Key]: ...

    def events_of(self, keys: Sequence[Key]) -> list[OutboxEvent]: ...

    def sent_pages(self, event: OutboxEvent) -> set[str]: ...


class PageImages(Protocol):
    def read(self, sha256: str) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: what the hub knows the station by, and to whom its answer may be told.

    `request_seed` signs; `courier_key` is the station's age recipient, `trail_head` its newest signed head.
    """

    station: str
    token: str = field(repr=False)
    request_seed: bytes = field(repr=False)
    courier_key: str
    cursor: int
    trail_head: str | None


@dataclass(slots=True)
class _Load:
    """What goes into one parcel."""

    events: list[tuple[Key, str]] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    size: int = 0
    events_size: int = 0

    @property
    def members(self) -> int:
        return len(self.events) + len(self.pages)


class ParcelWriter:
    """`recipient` is the hub's courier key (age)."""

    def __init__(
        self, outbox: Outbox, pages: PageImages, recipient: str, now: Callable[[], datetime], largest: int = LARGEST
    ) -> None:
        self._outbox, self._pages, self._now, self._largest = outbox, pages, now, largest
        try:
            self._recipient = pyrage.x25519.Recipient.from_str(recipient)
        except pyrage.RecipientError as error:
            raise InputError("courier.no_key") from error

    def write(self, folder: Path, sender: Sender, *, whole: bool = False) -> Written:
        """Write every event that waits; `whole` brings pages, too, of which the hub has said that it holds them.

        Raises `InputError` with `courier.*`; a parcel that was finished before that stays, and is good.
        """
        loads = list(self._loads(whole=whole)) or [_Load()]
        sweep(folder)
        must_have_room(folder, sum(load.size for load in loads))
        made, written = self._now(), Written()
        for number, load in enumerate(loads, 1):
            file = folder / f"{sender.station}-{made:%Y%m%d-%H%M%S}-{number}{ENDING}"
            size = write_whole(file, lambda out, load=load: self._encrypt(load, sender, made, out))  # type: ignore[misc]
            written = Written(
                (*written.files, file.name),
                written.events + len(load.events),
                written.pages + len(load.pages),
                written.size + size,
            )
        return written

    def _loads(self, *, whole: bool) -> Iterator[_Load]:
        """An event stands in every parcel that has pages of it, so that each can be taken in by itself."""
        load, brought = _Load(), set[str]()
        pending = self._outbox.pending_keys()
        for at in range(0, len(pending), _AT_ONCE):
            for event in self._outbox.events_of(pending[at : at + _AT_ONCE]):
                content = event_bytes(event)
                entry = (event.station, event.seq), hashlib.sha256(content).hexdigest()
                cost = room_for(len(content))
                crowded = len(load.events) == MOST_EVENTS or load.events_size + cost > EVENTS_ROOM
                if load.events and (crowded or not self._fits(load, cost)):
                    yield load
                    load = _Load()
                load.events.append(entry)
                load.size += cost
                load.events_size += cost
                there = set() if whole else self._outbox.sent_pages(event)
                sizes = _page_sizes(event)
                for sha256 in event.pages:
                    if sha256 in there or sha256 in brought:
                        continue
                    room = room_for(sizes.get(sha256, _UNTOLD))
                    if load.pages and not self._fits(load, room):
                        yield load
                        load = _Load([entry], size=cost, events_size=cost)
                    load.pages.append(sha256)
                    load.size += room
                    brought.add(sha256)
        if load.events:
            yield load

    def _fits(self, load: _Load, room: int) -> bool:
        return load.size + room <= self._largest and load.members < MOST_MEMBERS

    def _encrypt(self, load: _Load, sender: Sender, made: datetime, out: IO[bytes]) -> None:
        tape, stick = Tape(self._members(load, sender, made)), Out(out)
        try:
            pyrage.encrypt_io(tape, stick, [self._recipient])
        except (pyrage.EncryptError, OSError) as error:
            raise tape.failure or stick.failure or error from None

    def _members(self, load: _Load, sender: Sender, made: datetime) -> Iterator[tuple[str, bytes]]:
        named = [(f"events/{seq}.json", sha256) for (_, seq), sha256 in load.events]
        named += [(f"pages/{sha256}", sha256) for sha256 in load.pages]
        yield MANIFEST, canonical(_signed(_manifest(load, sender, made, named), sender.request_seed))
        for at in range(0, len(load.events), _AT_ONCE):
            keys = [key for key, _ in load.events[at : at + _AT_ONCE]]
            for event in self._outbox.events_of(keys):
                yield f"events/{event.seq}.json", event_bytes(event)
        for sha256 in load.pages:
            yield f"pages/{sha256}", self._pages.read(sha256)


def _manifest(load: _Load, sender: Sender, made: datetime, named: Sequence[tuple[str, str]]) -> dict[str, Any]:
    return {
        "kind": KIND,
        "contract": CONTRACT,
        "station": sender.station,
        "made_at": made.replace(microsecond=0).isoformat(),
        "count": len(load.events),
        "highest_seq": max((seq for (_, seq), _ in load.events), default=0),
        "trail_head": sender.trail_head,
        "cursor": sender.cursor,
        "token": sender.token,
        "courier_key": sender.courier_key,
        "members": [{"name": name, "sha256": sha256} for name, sha256 in named],
    }


def _signed(manifest: dict[str, Any], seed: bytes) -> dict[str, Any]:
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public = base64.b64encode(private.public_key().public_bytes_raw()).decode("ascii")
    said = {**manifest, "request_key": public}
    return {**said, "signature": base64.b64encode(private.sign(canonical(said))).decode("ascii")}


def _page_sizes(event: OutboxEvent) -> dict[str, int]:
    pages = event.body.get("pages")
    return {page["sha256"]: page["size"] for page in pages} if isinstance(pages, list) else {}
