"""Rosters: the people of one station, signed, with a version that grows and a day on which they expire."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from provincial_hub.contract import validator
from provincial_hub.errors import SetupError
from provincial_hub.keeping.enrolment_books import EnrolmentBooks, KeptRoster
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.receipts import Signer, canonical
from provincial_hub.stations import people

log = logging.getLogger(__name__)

VALID = timedelta(days=30)
"""How long a station may stand without a line before nobody signs in any more."""


class Rosters:
    """A roster is signed when somebody asks for it, and kept: the same version is always the same bytes."""

    def __init__(self, ledger: Ledger, file: Path, signer: Signer, now: Callable[[], datetime]) -> None:
        self._ledger, self._file, self._signer, self._now = ledger, file, signer, now
        self._form: Draft202012Validator = validator("roster.schema.json")

    async def current(self, station: str) -> dict[str, Any] | None:
        """The newest roster; a new version where the people have changed or half of its time is over.

        None where nobody is named for the station. While `people.toml` is wrong, the last one stays.
        """
        async with self._ledger.transaction(EnrolmentBooks) as books:
            last = await books.roster(station)
            try:
                return await self._renewed(books, station, last)
            except SetupError as error:
                log.warning("no new roster of %s: %s is wrong", station, self._file.name)
                if last is None:
                    raise
                log.debug("%s", error)
                return last.document

    async def _renewed(self, books: EnrolmentBooks, station: str, last: KeptRoster | None) -> dict[str, Any] | None:
        told = people.load(self._file)
        here = told.at(station)
        if not here:
            return None
        said = {"people": here, "four_eyes": list(told.four_eyes)}
        digest, now = hashlib.sha256(canonical(said)).hexdigest(), self._now()
        if last and last.digest == digest and datetime.fromisoformat(last.expires_at) - now > VALID / 2:
            return last.document
        version, expires = (last.version + 1 if last else 1), now + VALID
        dates = {"issued_at": now.isoformat(), "expires_at": expires.isoformat()}
        document = self._signer.sign({"kind": "roster", "station": station, "version": version, **dates, **said})
        broken = next(iter(self._form.iter_errors(document)), None)
        if broken is not None:
            place = "/".join(str(step) for step in broken.absolute_path)
            raise SetupError(f"{self._file.name}: {place}: {broken.validator}")
        await books.keep_roster(station, KeptRoster(version, digest, dates["issued_at"], dates["expires_at"], document))
        return document
