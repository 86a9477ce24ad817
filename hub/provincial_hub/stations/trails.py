"""Keeps the heads of the stations' audit trails and raises alarms; never stands in the way of a request."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.trail_books import TrailBooks
from provincial_hub.receiving.trail import LONGEST, Head, Verdict, judge, read_head

log = logging.getLogger(__name__)


class Trails:
    """`key_of` tells the trail's key that a station brought to its enrolment, if it did."""

    def __init__(
        self, ledger: Ledger, key_of: Callable[[str], Awaitable[str | None]], now: Callable[[], datetime]
    ) -> None:
        self._ledger, self._key_of, self._now = ledger, key_of, now
        self._last: dict[str, str] = {}

    async def take(self, station: str, text: str) -> Verdict | None:
        """What the head is worth. None where the hub could not keep it now: the station will send another."""
        if self._last.get(station) == text:  # as with every further piece of a page
            return Verdict.KEPT
        head = read_head(text)
        try:
            verdict = await self._judge(station, head, text)
        except (SQLAlchemyError, OSError) as error:
            log.warning("the head of %s was not kept: %s", station, type(error).__name__)
            return None
        if verdict is Verdict.KEPT:
            self._last[station] = text
        return verdict

    async def _judge(self, station: str, head: Head | Verdict, text: str) -> Verdict:
        at, key = self._now().isoformat(), await self._key_of(station)

        async def weigh(books: TrailBooks) -> Verdict:
            if isinstance(head, Head):
                verdict = judge(head, await books.known(station, head.seq, key))
                if verdict is Verdict.KEPT:
                    await books.keep(station, head, at)
                    return verdict
                seq: int | None = head.seq
            else:
                verdict, seq = head, None
            if await books.raise_alarm(station, verdict.value, seq, text[:LONGEST], at):
                log.warning("ALARM: the trail of %s: %s", station, verdict.value)
            return verdict

        # Alone: of two heads that two nodes are told at once, one must be held against the other.
        return await self._ledger.carry_out(TrailBooks, weigh, f"trail of {station}")
