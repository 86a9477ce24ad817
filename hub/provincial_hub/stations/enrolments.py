"""How a machine becomes a station: an invitation is given out, a code comes back, a signed enrolment answers."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from provincial_hub.contract import validator
from provincial_hub.courier.key import courier_key
from provincial_hub.errors import RefusedError
from provincial_hub.keeping.enrolment_books import EnrolmentBooks
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.person_books import PersonBooks
from provincial_hub.keeping.station_books import StationBooks
from provincial_hub.keeping.usage_books import EVERYBODY, UsageBooks
from provincial_hub.receipts import Signer
from provincial_hub.stations.invitation_code import code_of, new_secret, secret_of
from provincial_hub.stations.recovery_key import recovery_key
from provincial_hub.stations.registry import enrol, offer_token
from provincial_hub.stations.rosters import Rosters

log = logging.getLogger(__name__)

GOOD_FOR = timedelta(hours=72)
ASKED_AGAIN = timedelta(minutes=10)
"""How long the same machine may ask again: its answer may have been lost on the way."""
_KEYS = ("receipt_key", "trail_key", "request_key", "courier_key")
MOST_REFUSED = 10
"""In a minute, at all nodes together."""
_REFUSED = "refused codes"


class Enrolments:
    """Invites, and answers the codes that come back."""

    def __init__(self, ledger: Ledger, rosters: Rosters, signer: Signer, now: Callable[[], datetime]) -> None:
        self._ledger, self._rosters, self._signer, self._now = ledger, rosters, signer, now
        self._form = validator("enrolment_request.schema.json")

    async def invite(self, station: str) -> tuple[str, datetime]:
        """A new code for a station, the only time it is seen, and when it expires."""
        secret, now = new_secret(), self._now()
        async with self._ledger.transaction(EnrolmentBooks) as books:
            await books.invite(station, _digest(secret), now.isoformat(), (now + GOOD_FOR).isoformat())
        return code_of(secret, self._signer.raw), now + GOOD_FOR

    async def take(self, request: Any) -> dict[str, Any]:
        """The signed enrolment for a code; `RefusedError` with `enrolment.refused`, `.busy`, or `request.malformed`."""
        await self._must_not_be_guessing()
        if not self._form.is_valid(request):
            raise RefusedError("request.malformed", "the body is no enrolment request")
        secret = secret_of(request["code"])
        keys = {name: request[name] for name in _KEYS if name in request}
        used_by = _digest(" ".join(keys.values()))  # every one of them: whoever changed one speaks for another machine
        now = self._now()

        async def use(books: EnrolmentBooks) -> tuple[str, str]:
            found = await books.invitation(_digest(secret)) if secret else None
            if secret is None or found is None or not _is_good(found.expires_at, found.used_at, now):
                raise _refusal()
            if found.used_by not in (None, used_by):
                raise _refusal()
            stations = books.beside(StationBooks)
            if found.used_by is not None and await stations.named(found.station):
                # Whoever copied the request gets no further: what the station was given first is good all the same.
                return found.station, await offer_token(stations, found.station)
            await books.use(_digest(secret), used_by, now.isoformat())
            return found.station, await enrol(stations, found.station, keys, now)

        # Alone: a code is good once, also where two bring it to two nodes at the same moment.
        try:
            station, token = await self._ledger.carry_out(EnrolmentBooks, use, f"invitation {_digest(secret or '')}")
        except RefusedError:
            await self._count_refusal()
            raise
        log.info("enrolled: %s", station)
        return await self.document(station, token)

    async def document(self, station: str, token: str, hub_url: str | None = None) -> dict[str, Any]:
        """Everything that a station of this name is given."""
        async with self._ledger.transaction(PersonBooks) as books:
            recovery = await recovery_key(books)
        return self._signer.sign(
            {
                "kind": "enrolment",
                "station": station,
                "issued_at": self._now().isoformat(),
                "token": token,
                "hub_url": hub_url,
                "hub_key": self._signer.public_key,
                "recovery_key": recovery,
                "courier_key": courier_key(self._signer),
                "roster": await self._rosters.current(station),
            }
        )

    async def _must_not_be_guessing(self) -> None:
        """The database counts: whoever guesses gains nothing by asking another node."""
        now = self._now()
        async with self._ledger.transaction(UsageBooks) as books:
            if await books.used(EVERYBODY, _REFUSED, _minute(now)) >= MOST_REFUSED:
                raise RefusedError("enrolment.busy", "too many wrong codes; try again in a minute", 60 - now.second)

    async def _count_refusal(self) -> None:
        """In a transaction of its own: the one that refused has kept nothing."""
        async with self._ledger.transaction(UsageBooks) as books:
            await books.use(EVERYBODY, _REFUSED, _minute(self._now()), 1)


def _refusal() -> RefusedError:
    return RefusedError("enrolment.refused", "no invitation has this code, or it has been used or has expired")


def _minute(now: datetime) -> str:
    return f"{now:%Y-%m-%dT%H:%M}"


def _is_good(expires_at: str, used_at: str | None, now: datetime) -> bool:
    if used_at is not None:
        return now < datetime.fromisoformat(used_at) + ASKED_AGAIN
    return now < datetime.fromisoformat(expires_at)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
