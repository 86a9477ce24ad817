"""Signing in, staying signed in and signing out: what stands in the browser is a random token, here only its hash."""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from provincial_hub.keeping.deed_books import DeedBooks
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.person_books import PersonBooks
from provincial_hub.keeping.visit_books import VisitBooks
from provincial_hub.web.passphrases import (
    FREE_FROM_ONE_PLACE,
    LONGEST,
    SHORTEST,
    Passphrases,
    name_hash,
    place_hash,
    wait_after,
)
from provincial_hub.web.visitor import Visitor, visitor

log = logging.getLogger(__name__)

IDLE, WHOLE = timedelta(minutes=30), timedelta(hours=10)
"""A visit ends half an hour after the last page, and after a working day in any case."""
_NOTED_EVERY = timedelta(minutes=1)
_FAULTS_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Refused:
    """Nobody was let in. `wait_until`: from when on this name may try again, where it has to wait."""

    key: str
    wait_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    visitor: Visitor
    must_choose: bool
    """They still have the passphrase that was given out: nothing else is shown before they chose their own."""


class Visits:
    """Every question goes to the database: any node knows any visit, and whoever left the roster is out at once."""

    def __init__(self, ledger: Ledger, now: Callable[[], datetime]) -> None:
        self._ledger, self._now = ledger, now
        self._passphrases = Passphrases()

    async def sign_in(self, name: str, passphrase: str, address: str) -> str | Refused:
        """The token of a new visit. The attempt is counted, of the name and of the address that it came from, before
        the passphrase is looked at."""
        if self._passphrases.busy:
            return Refused("busy")
        name = name.strip().lower()
        now = self._now()
        under, place = name_hash(name), place_hash(address, now)
        async with self._ledger.transaction(VisitBooks) as books:
            await books.forget_before(*(_text(now - age) for age in (WHOLE, IDLE, _FAULTS_KEPT)))
            from_here = await books.count_attempt(place, _text(now))
            if from_here is None:
                return Refused("wait_here", _moment(await books.waits_until(place)))
            faults = await books.count_attempt(under, _text(now))
            if faults is None:
                await books.take_back(place)  # no passphrase is looked at
                return Refused("wait", _moment(await books.waits_until(under)))
            wait = wait_after(faults)
            await books.wait(under, _text(now + wait))
            await books.wait(place, _text(now + wait_after(from_here, FREE_FROM_ONE_PLACE)))
            person = await books.beside(PersonBooks).named(name)
            own = await books.own_passphrase(name)
        told = person.get("verifier") if person else None
        verifier = own.verifier if own and told and own.replaces == _digest(told) else told
        right = await self._passphrases.fits(passphrase[: LONGEST + 1], verifier)
        if not right:
            log.info("sign-in refused: attempt %d", faults)
            return Refused("wrong", now + wait if wait else None)
        if visitor(person, now) is None:
            return Refused("not_yours")
        token = secrets.token_urlsafe(32)
        async with self._ledger.transaction(VisitBooks) as books:
            await books.forgive(under)
            await books.take_back(place)
            await books.begin(_digest(token), name, _text(now))
            await books.beside(DeedBooks).write(_text(now), name, "signed_in")
        return token

    async def of(self, token: str) -> SignedIn | None:
        """Who sits at the browser with this token, as long as the visit lasts and they are still named."""
        now, under = self._now(), _digest(token)
        async with self._ledger.transaction(VisitBooks) as books:
            visit = await books.visit(under)
            if visit is None:
                return None
            seen = datetime.fromisoformat(visit.seen_at)
            over = seen + IDLE <= now or datetime.fromisoformat(visit.began_at) + WHOLE <= now
            document = await books.beside(PersonBooks).named(visit.person)
            who = visitor(document, now)
            if over or who is None or document is None:
                await books.end(under)
                return None
            if now - seen >= _NOTED_EVERY:
                await books.seen(under, _text(now))
            own = await books.own_passphrase(visit.person)
        chosen = own is not None and own.replaces == _digest(document.get("verifier", ""))
        return SignedIn(who, must_choose=bool(document.get("change_first")) and not chosen)

    async def choose(self, who: Visitor, before: str, chosen: str, address: str) -> str | Refused:
        """Put one's own passphrase in the place of the last one; the token of the only visit that is left."""
        if not SHORTEST <= len(chosen) <= LONGEST:
            return Refused("length")
        if chosen == before:
            return Refused("same")
        checked = await self.sign_in(who.id, before, address)
        if isinstance(checked, Refused):
            return checked
        verifier, now = await self._passphrases.verifier(chosen), _text(self._now())
        token = secrets.token_urlsafe(32)
        async with self._ledger.transaction(VisitBooks) as books:
            document = await books.beside(PersonBooks).named(who.id)
            if document is None:
                return Refused("wrong")
            await books.choose_passphrase(who.id, verifier, _digest(document["verifier"]), now)
            await books.begin(_digest(token), who.id, now)
            await books.beside(DeedBooks).write(now, who.id, "passphrase_chosen")
        return token

    async def sign_out(self, token: str) -> None:
        async with self._ledger.transaction(VisitBooks) as books:
            await books.end(_digest(token))


def form_token(token: str) -> str:
    """What every form of this visit carries: other sites know neither it nor the cookie that it is made from."""
    return hmac.new(token.encode("utf-8"), b"form", hashlib.sha256).hexdigest()


def fits_form(token: str, given: str) -> bool:
    return hmac.compare_digest(form_token(token).encode("ascii"), given.encode("utf-8", errors="replace"))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", errors="replace")).hexdigest()


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
