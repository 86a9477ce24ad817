"""The register of stations: who may speak, known by tokens of which only the SHA-256 is kept."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from provincial_hub.errors import SetupError
from provincial_hub.keeping.deed_books import DeedBooks
from provincial_hub.keeping.enrolment_books import EnrolmentBooks
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.station_books import StationBooks

_STATION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")
_SHUT_OUT = ("shut_out_at", "shut_out_by", "shut_out_reason")

Row = dict[str, Any]


class Stations:
    """Every node asks the database anew: who was shut out on one is shut out on all."""

    def __init__(self, ledger: Ledger, now: Callable[[], datetime]) -> None:
        self._ledger, self._now = ledger, now

    async def trail_key(self, station: str) -> str | None:
        """The key of its audit trail that a station brought to its enrolment, as it stands in a head."""
        async with self._ledger.transaction(StationBooks) as books:
            found = await books.named(station)
        key = found["trail_key"] if found else None
        return key.rstrip("=").replace("+", "-").replace("/", "_") if key else None

    async def every(self) -> list[Row]:
        async with self._ledger.transaction(StationBooks) as books:
            return await books.every()

    async def must_be_enrolled(self, station: str) -> None:
        """Raises `SetupError` where no station has that name."""
        async with self._ledger.transaction(StationBooks) as books:
            _must_be_known(station, await books.named(checked_name(station)) is not None)

    async def enrol(self, station: str, *, again: bool = False) -> str:
        """Write a station down without keys of its own. Returns its token, the only time it is seen.

        `again`: in the place of the token it had. Raises `SetupError` where it is enrolled already.
        """
        checked_name(station)
        async with self._ledger.transaction(StationBooks) as books:
            if not again and await books.named(station):
                raise SetupError(f"{station} is enrolled already; say --again to give it another token")
            return await enrol(books, station, {}, self._now())

    async def give(self, tokens: Mapping[str, str]) -> None:
        """Enrol stations with tokens of somebody's choosing, for trials; who has that token already stays as it is."""
        try:
            async with self._ledger.transaction(StationBooks) as books:
                for station, token in tokens.items():
                    known = await books.named(checked_name(station))
                    if known is None or known["token_sha256"] != digest_of(token):
                        await enrol(books, station, {}, self._now(), token)
        except IntegrityError as error:
            raise SetupError("two stations have the same token") from error

    async def shut_out(self, station: str, by: str, reason: str) -> None:
        """Raises `SetupError` for a station that is not known, as `let_in` does."""
        async with self._ledger.transaction(EnrolmentBooks) as books:
            _must_be_known(station, await shut_out(books, checked_name(station), by, reason, self._now()))

    async def let_in(self, station: str, by: str, reason: str) -> None:
        async with self._ledger.transaction(EnrolmentBooks) as books:
            _must_be_known(station, await let_in(books, checked_name(station), by, reason, self._now()))


async def enrol(
    books: StationBooks, station: str, keys: Mapping[str, str | None], at: datetime, token: str | None = None
) -> str:
    """Give a station a token, a random one unless told otherwise, and write down its SHA-256."""
    given = token or secrets.token_urlsafe(32)
    await books.enrol(station, digest_of(given), keys, at.isoformat())
    return given


async def offer_token(books: StationBooks, station: str) -> str:
    """Give a station another token, which takes the place of the one it has when it is first used."""
    given = secrets.token_urlsafe(32)
    await books.change(station, next_token_sha256=digest_of(given))
    return given


async def shut_out(books: EnrolmentBooks, station: str, by: str, reason: str, at: datetime) -> bool:
    """Take nothing more from a station, and let no code that it was given open anything; what it brought stays.

    False where the station is not known.
    """
    moment = at.isoformat(timespec="seconds")
    told = {"shut_out_at": moment, "shut_out_by": by, "shut_out_reason": reason}
    if not await books.beside(StationBooks).change(station, **told):
        return False
    await books.withdraw(station)
    detail = {"reason": reason}
    await books.beside(DeedBooks).write(moment, by, "station_shut_out", station=station, detail=detail)
    return True


async def let_in(books: EnrolmentBooks, station: str, by: str, reason: str, at: datetime) -> bool:
    """Take what a station brings again; False where it is not known."""
    if not await books.beside(StationBooks).change(station, **dict.fromkeys(_SHUT_OUT)):
        return False
    moment, detail = at.isoformat(timespec="seconds"), {"reason": reason}
    await books.beside(DeedBooks).write(moment, by, "station_let_in", station=station, detail=detail)
    return True


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", errors="surrogatepass")).hexdigest()


def checked_name(station: str) -> str:
    """The name, or `SetupError`: it becomes a folder's name and part of the contract."""
    if not _STATION.fullmatch(station):
        raise SetupError(f"{station!r} cannot name a station: letters, digits, . _ - and at most 32 of them")
    return station


def _must_be_known(station: str, known: bool) -> None:
    if not known:
        raise SetupError(f"{station} is not enrolled")
