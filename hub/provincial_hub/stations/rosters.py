"""Rosters: the people of one station, signed, with a version that grows and a day on which they expire."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from jsonschema import Draft202012Validator

from provincial_hub.contract import validator
from provincial_hub.errors import SetupError
from provincial_hub.keeping.change_books import ChangeBooks
from provincial_hub.keeping.enrolment_books import EnrolmentBooks, KeptRoster
from provincial_hub.keeping.ledger import EventBooks, Ledger
from provincial_hub.keeping.person_books import PersonBooks
from provincial_hub.lost_versions import lost_versions
from provincial_hub.receipts import Signer, canonical
from provincial_hub.stations.people import at_station, four_eyes_of

log = logging.getLogger(__name__)

VALID = timedelta(days=30)
"""How long a station may stand without a line before nobody signs in any more."""


class Rosters:
    """A roster is signed when somebody asks for it, and kept: the same version is always the same bytes."""

    def __init__(self, ledger: Ledger, signer: Signer, now: Callable[[], datetime]) -> None:
        self._ledger, self._signer, self._now = ledger, signer, now
        self._form: Draft202012Validator = validator("roster.schema.json")

    async def current(self, station: str) -> dict[str, Any] | None:
        """The newest roster; a new version where the people have changed or half of its time is over.

        None where nobody is named for the station. Should the people make no roster, the last one stays.
        """
        return await self._ledger.carry_out(EnrolmentBooks, partial(self._current, station), f"roster of {station}")

    async def _current(self, station: str, books: EnrolmentBooks) -> dict[str, Any] | None:
        last = await books.roster(station)
        try:
            return await self._renewed(books, station, last)
        except SetupError as error:
            log.warning("no new roster of %s: %s", station, error)
            if last is None:
                raise
            return last.document

    async def _renewed(self, books: EnrolmentBooks, station: str, last: KeptRoster | None) -> dict[str, Any] | None:
        known = books.beside(PersonBooks)
        here = at_station(await known.every(), station)
        if not here:
            return None
        said = {"people": here, "four_eyes": await four_eyes_of(known)}
        digest, now = hashlib.sha256(canonical(said)).hexdigest(), self._now()
        lost = await lost_versions(books.beside(EventBooks))
        is_told = last is not None and last.version > lost
        if last and is_told and last.digest == digest and datetime.fromisoformat(last.expires_at) - now > VALID / 2:
            return last.document
        version, expires = max(last.version if last else 0, lost) + 1, now + VALID
        dates = {"issued_at": now.isoformat(), "expires_at": expires.isoformat()}
        document = self._signer.sign({"kind": "roster", "station": station, "version": version, **dates, **said})
        broken = next(iter(self._form.iter_errors(document)), None)
        if broken is not None:
            place = "/".join(str(step) for step in broken.absolute_path)
            raise SetupError(f"{place}: {broken.validator}")
        await books.keep_roster(station, KeptRoster(version, digest, dates["issued_at"], dates["expires_at"], document))
        told = books.beside(ChangeBooks)
        await told.tell(station, "roster", {"version": version}, dates["issued_at"], self._signer)
        return document
