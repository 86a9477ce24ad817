"""Stations as they speak: whose token it is, whether they are shut out, when they were heard and by which clock."""

from __future__ import annotations

import base64
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from provincial_hub.errors import RefusedError
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.station_books import StationBooks
from provincial_hub.keeping.trail_books import FIRST_REQUEST_KEY, TrailBooks
from provincial_hub.stations.registry import digest_of

log = logging.getLogger(__name__)

WRITTEN_EVERY = timedelta(minutes=1)
"""How exactly the books know when a station was last heard: not every request is worth a write."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A station that may speak. `request_key` is 32 raw bytes where its requests must be signed.

    `next_token_sha256` is there where it spoke by the token that it chose next, and that is not yet its own.
    """

    station: str
    request_key: bytes | None
    next_token_sha256: str | None = None


class Speakers:
    """Every request asks the books anew: who was shut out on one node is shut out on all."""

    def __init__(self, ledger: Ledger, now: Callable[[], datetime]) -> None:
        self._ledger, self._now = ledger, now
        self._written: dict[tuple[str, bool], datetime] = {}

    async def with_token(self, token: str) -> Speaker:
        """Raises `RefusedError`: `auth.unknown_station`, `auth.shut_out`.

        The look-up is by a hash: how long it takes tells nothing about any token.
        """
        digest = digest_of(token)
        async with self._ledger.transaction(StationBooks) as books:
            found = await books.with_token(digest)
            if found is None:
                raise RefusedError("auth.unknown_station", "no station has this token")
            if found["shut_out_at"] is not None:
                raise RefusedError("auth.shut_out", "the province has shut this station out")
        key, is_next = found["request_key"], found["next_token_sha256"] == digest
        return Speaker(found["name"], base64.b64decode(key) if key else None, digest if is_next else None)

    async def adopt_token(self, speaker: Speaker) -> None:
        """The station has its new token, which it has shown to be its own: the one before counts no more."""
        if speaker.next_token_sha256 is not None:
            async with self._ledger.transaction(StationBooks) as books:
                await books.adopt_token(speaker.station, speaker.next_token_sha256)

    async def heard(self, speaker: Speaker, created: datetime | None) -> None:
        """Write down that a station spoke, and how far its clock is off where it said what time it has."""
        now, written = self._now(), (speaker.station, created is not None)
        before = self._written.get(written)
        if before is not None and now - before < WRITTEN_EVERY:
            return
        told: dict[str, object] = {"seen_at": now.isoformat()}
        if created is not None:
            told["clock_offset_ms"] = round((created - now) / timedelta(milliseconds=1))
        try:
            async with self._ledger.transaction(StationBooks) as books:
                await books.change(speaker.station, **told)
        except (SQLAlchemyError, OSError) as error:
            # What the request itself brings may still be kept; if not, that says so.
            log.warning("that %s was heard was not kept: %s", speaker.station, type(error).__name__)
            return
        self._written[written] = now

    async def change_key(self, speaker: Speaker, request_key: str) -> None:
        """From now on the station signs with another key, unless it has changed it meanwhile.

        The first one raises an alarm: whoever had copied its token could have told one before the station did.
        """

        async def work(books: StationBooks) -> None:
            found = await books.named(speaker.station)
            held = found["request_key"] if found else None
            if held != (speaker.request_key and base64.b64encode(speaker.request_key).decode("ascii")):
                raise RefusedError("auth.signature", "the request is not signed by this station's key")
            await books.change(speaker.station, request_key=request_key)
            if held is None:
                at = self._now().isoformat()
                await books.beside(TrailBooks).raise_alarm(speaker.station, FIRST_REQUEST_KEY, None, "", at)
                log.warning("ALARM: %s, which had signed nothing, has told its first request key", speaker.station)

        await self._ledger.carry_out(StationBooks, work, f"station {speaker.station}")
        log.info("another request key: %s", speaker.station)

    async def next_token(self, speaker: Speaker, token_sha256: str) -> None:
        """The station will be known by this token, in the place of one that it chose before and never used.

        Told again, also by somebody who copied the request, nothing changes. Raises `RefusedError("request.malformed")`
        for the token of another station.
        """
        refusal = RefusedError("request.malformed", "no station may have this token")
        try:
            async with self._ledger.transaction(StationBooks) as books:
                owner = await books.with_token(token_sha256)
                if owner is not None:
                    if owner["name"] != speaker.station:
                        raise refusal
                    return
                await books.change(speaker.station, next_token_sha256=token_sha256)
        except IntegrityError as error:
            raise refusal from error
        log.info("another token: %s", speaker.station)
