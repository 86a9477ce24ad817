"""Takes a parcel in: read once to know that all of it is good, then again to keep it, by the rules of the line."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import logging
import os
import stat
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass
from datetime import datetime
from io import BufferedReader
from pathlib import Path
from typing import Any, TypeVar

import pyrage

from provincial_hub.courier.key import identity_of
from provincial_hub.courier.manifest import Manifest, event_of, must_be, read_manifest
from provincial_hub.courier.tape import MANIFEST, Tape
from provincial_hub.errors import RefusedError
from provincial_hub.keeping.change_books import ChangeBooks
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.parcel_books import ParcelBooks
from provincial_hub.receipts import Signer
from provincial_hub.receiving.pages import Outcome, PagePart
from provincial_hub.reception import Reception
from provincial_hub.stations.rosters import Rosters
from provincial_hub.stations.speakers import Speakers
from provincial_hub.stations.trails import Trails

log = logging.getLogger(__name__)

LARGEST_FILE = 4 << 30
EVENTS_ROOM = 64 << 20
"""Of a parcel's events together: they are answered once all of its pages are there."""
MOST_CHANGES, CHANGES_ROOM = 1_000, 2 << 20
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a parcel; `file` is the answer, encrypted to the station."""

    station: str
    parcel: str
    events: int
    pages: int
    accepted: int
    again: bool
    file: bytes


class Parcels:
    """One parcel at a time. Quotas do not apply: who carries a stick through the province brings all that there is."""

    def __init__(
        self,
        ledger: Ledger,
        reception: Reception,
        speakers: Speakers,
        trails: Trails,
        rosters: Rosters,
        signer: Signer,
        now: Callable[[], datetime],
    ) -> None:
        self._ledger, self._reception, self._speakers = ledger, reception, speakers
        self._trails, self._rosters, self._signer, self._now = trails, rosters, signer, now
        self._identity = identity_of(signer)

    async def take(self, file: Path, by: str) -> Answered:
        """Raises `RefusedError`: `parcel.*`, `auth.*`; then nothing of it was kept."""
        with _opened(file) as content:
            digest = await asyncio.to_thread(_digest, content)
            checking = Checking()
            await asyncio.to_thread(self._read, content, checking)
            manifest = checking.manifest
            if manifest is None:
                raise RefusedError("parcel.malformed", "the parcel has no manifest")
            await self._must_speak(manifest)
            taking = _Taking(self._reception, manifest, asyncio.get_running_loop())
            await asyncio.to_thread(self._read, content, taking)
        if manifest.trail_head:
            await self._trails.take(manifest.station, manifest.trail_head)
        answers = [await self._reception.take_event(event) for event in taking.events]  # with the pages by now
        again = await self._remember(digest, manifest.station, by)
        answer = await self._answer(manifest, digest, answers)
        accepted = sum(answer["status"] == "accepted" for answer in answers)
        log.info("parcel of %s: %d events, %d accepted", manifest.station, len(answers), accepted)
        return Answered(
            manifest.station, digest, len(answers), taking.pages, accepted, again, self._sealed(manifest, answer)
        )

    def _read(self, content: BufferedReader, handle: Checking) -> None:
        content.seek(0)
        tape = Tape(handle)
        try:
            pyrage.decrypt_io(content, tape, [self._identity])
        except Exception as error:
            if tape.failure is not None:
                raise tape.failure from None
            if isinstance(error, pyrage.DecryptError):
                raise RefusedError("parcel.not_for_this_hub", "this is no parcel, or one for another hub") from error
            if isinstance(error, OSError):
                raise RefusedError("parcel.damaged", "the parcel is damaged or was cut short") from error
            raise
        tape.end()
        handle.end()

    async def _must_speak(self, manifest: Manifest) -> None:
        """As over the line: a token, and the station's own key where it has told one; else this one from now on."""
        speaker = await self._speakers.with_token(manifest.token)
        if speaker.station != manifest.station:
            raise RefusedError("auth.other_station", "the parcel names another station than the token's")
        if speaker.request_key is None:
            await self._speakers.change_key(speaker, manifest.request_key)
        elif manifest.request_key != base64.b64encode(speaker.request_key).decode("ascii"):
            raise RefusedError("auth.signature", "the parcel is not signed by this station's key")
        await self._speakers.adopt_token(speaker)

    async def _remember(self, digest: str, station: str, by: str) -> bool:
        async with self._ledger.transaction(ParcelBooks) as books:
            return not await books.brought(digest, station, self._now().isoformat(), by)

    async def _answer(self, manifest: Manifest, digest: str, answers: list[dict[str, Any]]) -> dict[str, Any]:
        async with self._ledger.transaction(ChangeBooks) as books:
            read = await books.after(manifest.station, manifest.cursor, MOST_CHANGES)
        changes = _fitting(read.documents)
        return self._signer.sign(
            {
                "kind": "parcel_answer",
                "station": manifest.station,
                "at": self._now().isoformat(),
                "parcel": digest,
                "answers": answers,
                "after": manifest.cursor,
                "changes": changes,
                "cursor": changes[-1]["cursor"] if changes else read.cursor,
                "more": read.more or len(changes) < len(read.documents),
                "roster": await self._rosters.current(manifest.station),
            }
        )

    @staticmethod
    def _sealed(manifest: Manifest, answer: dict[str, Any]) -> bytes:
        recipient = pyrage.x25519.Recipient.from_str(manifest.courier_key)
        return bytes(pyrage.encrypt(json.dumps(answer, ensure_ascii=False).encode(), [recipient]))


class Checking:
    """The first reading: everything is what the manifest says, and nothing else is there."""

    def __init__(self) -> None:
        self.manifest: Manifest | None = None
        self._next, self._room = 0, EVENTS_ROOM

    def __call__(self, name: str, content: bytes) -> None:
        if self.manifest is None:
            if name != MANIFEST:
                raise RefusedError("parcel.malformed", "the manifest does not come first")
            self._begin(read_manifest(content))
            return
        expected = self.manifest.members[self._next] if self._next < len(self.manifest.members) else None
        if expected is None or name != expected[0]:
            raise RefusedError("parcel.malformed", "a member that does not stand in the manifest here")
        must_be(expected[1], content)
        if name.startswith("pages/") and name != f"pages/{expected[1]}":
            raise RefusedError("parcel.changed", "a page is not what its name says")
        self._next += 1
        self._room -= len(content) if name.startswith("events/") else 0
        if self._room < 0:
            raise RefusedError("parcel.too_large", "the events of the parcel are too many bytes")
        self._take(name, content, self.manifest.station)

    def end(self) -> None:
        """Nothing may be missing."""
        if self.manifest is None or self._next < len(self.manifest.members):
            raise RefusedError("parcel.malformed", "a member of the manifest is missing")

    def _begin(self, manifest: Manifest) -> None:
        self.manifest = manifest

    def _take(self, name: str, content: bytes, station: str) -> None:
        if name.startswith("events/"):
            event_of(name, content, station)


class _Taking(Checking):
    """The second: each member goes the way that it would have gone over the line."""

    def __init__(self, reception: Reception, manifest: Manifest, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._reception, self._checked, self._loop = reception, manifest, loop
        self.events: list[Any] = []
        self.pages = 0

    def _begin(self, manifest: Manifest) -> None:
        if manifest != self._checked:
            raise RefusedError("parcel.changed", "the file was changed while it was read")
        self.manifest = manifest

    def _take(self, name: str, content: bytes, station: str) -> None:
        if name.startswith("events/"):
            event = event_of(name, content, station)
            self._done(self._reception.take_event(event))
            self.events.append(event)
        else:
            self._done(self._page(station, name.removeprefix("pages/"), content))

    async def _page(self, station: str, sha256: str, content: bytes) -> None:
        try:
            part = PagePart(self._reception.held(station, sha256), len(content))
            outcome, _ = await self._reception.take_page(station, sha256, part, _pieces(content[part.offset :]))
            if outcome is Outcome.MISMATCH:  # what lay there before was no beginning of it
                await self._reception.take_page(station, sha256, PagePart(0, len(content)), _pieces(content))
        except RefusedError as refused:
            if refused.code != "page.not_announced":
                raise
            return  # of an event that was refused: nobody asks for it
        self.pages += 1

    def _done(self, work: Coroutine[Any, Any, Result]) -> Result:
        """The tape runs in a thread of its own; the books are the loop's."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    yield content


def _fitting(documents: list[dict[str, Any]]) -> list[dict[str, Any]]:
    room = CHANGES_ROOM
    for count, document in enumerate(documents):
        room -= len(json.dumps(document, ensure_ascii=False).encode())
        if room < 0:
            return documents[:count]
    return documents


def _opened(file: Path) -> BufferedReader:
    """A regular file, whatever its name has become meanwhile."""
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW)
    except OSError as error:
        raise RefusedError("parcel.no_file", "there is no such file, or it is a link") from error
    about = os.fstat(handle)
    if not stat.S_ISREG(about.st_mode) or about.st_size > LARGEST_FILE:
        os.close(handle)
        regular = stat.S_ISREG(about.st_mode)
        raise RefusedError("parcel.too_large" if regular else "parcel.no_file", "no file, or one beyond 4 GiB")
    return os.fdopen(handle, "rb")


def _digest(content: BufferedReader) -> str:
    try:
        return hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as error:
        raise RefusedError("parcel.damaged", "the parcel cannot be read") from error
