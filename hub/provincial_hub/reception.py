"""The reception: takes events and pages in, keeps them, and hands out receipts once everything is durable."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from provincial_hub.cases.corrections import weigh
from provincial_hub.cases.revising import take_in_sealed
from provincial_hub.contract import EventForm
from provincial_hub.errors import RefusedError
from provincial_hub.hub_number import next_hub_number
from provincial_hub.keeping.case_books import CaseBooks
from provincial_hub.keeping.ledger import EventBooks, KeptEvent, Ledger
from provincial_hub.keeping.outgoing_books import OutgoingBooks
from provincial_hub.keeping.uploads import Uploads
from provincial_hub.receipts import Signer, canonical
from provincial_hub.receiving import answers
from provincial_hub.receiving.answers import Answer, Reason
from provincial_hub.receiving.events import (
    Event,
    HeldDossier,
    Keep,
    KeepAside,
    Reject,
    Weigh,
    judge,
    missing,
    number_of,
    read,
)
from provincial_hub.receiving.pages import Outcome, PagePart

log = logging.getLogger(__name__)


class Reception:
    """`unit` is the province's identifier (mã định danh), the first part of every hub number."""

    def __init__(
        self, ledger: Ledger, uploads: Uploads, signer: Signer, unit: str, now: Callable[[], datetime]
    ) -> None:
        self._ledger = ledger
        self._uploads = uploads
        self._signer = signer
        self._unit = unit
        self._now = now
        self._form = EventForm()

    async def take_event(self, raw: Any) -> Answer:
        """Keep one event durably, in a transaction of its own, and say what becomes of it."""
        seq = number_of(raw)
        try:
            content = canonical(raw)
        except (ValueError, RecursionError):
            return self._told(raw, answers.rejected(seq, Reason("event.malformed", "it has no canonical form")))
        # Up to tens of milliseconds: in a thread, so that pages of other stations keep coming in.
        fault = await asyncio.to_thread(self._form.fault, raw)
        if fault is not None:
            return self._told(raw, answers.rejected(seq, Reason("event.malformed", fault)))
        event = read(raw, content, hashlib.sha256(content).hexdigest())
        touched = sorted({event.dossier_id, event.replaces or event.dossier_id})
        turns = [f"station {event.station}", *(f"dossier {one}" for one in touched)]
        answer = await self._ledger.carry_out(EventBooks, partial(self._keep, event), *turns)
        return self._told(raw, answer)

    async def _keep(self, event: Event, books: EventBooks) -> Answer:
        at = self._now()
        kept = await books.event(event.station, event.seq)
        held = await books.dossier(event.dossier_id)
        match judge(event, kept.digest if kept else None, held):
            case Reject(reason):
                return answers.rejected(event.seq, reason)
            case Weigh(version_held):
                return await self._weigh(books, event, version_held, at)
            case Keep(version):
                await books.keep(event, version, at.isoformat())
                await take_in_sealed(books.beside(CaseBooks), event, at)
            case KeepAside(reason):
                await books.keep_aside(event, reason, at.isoformat())
            case _:
                pass
        return await self._answer(books, event.station, event.seq, at)

    async def _weigh(self, books: EventBooks, event: Event, held: HeldDossier, at: datetime) -> Answer:
        """A correction or an answer to a question: nothing of it is under way any more, so it ends here."""
        cases, kept_at = books.beside(CaseBooks), at.isoformat()
        case = await cases.case(event.dossier_id)
        event = replace(event, number=case.number if case else "")
        match await weigh(cases, event, held, kept_at, self._signer):
            case Reject(reason):
                return answers.rejected(event.seq, reason)
            case KeepAside(reason):
                await books.keep_aside(event, reason, kept_at)
                return answers.conflict(event.seq, reason)
            case Keep(version):
                await books.keep(event, version, kept_at)
                receipt = await self._sign(books, event, at, version=version)
                return answers.accepted(event.seq, receipt)

    async def take_page(
        self, station: str, sha256: str, part: PagePart, body: AsyncIterator[bytes]
    ) -> tuple[Outcome, int]:
        """Take a part of a page. Returns how it ended and how many bytes the hub holds.

        Raises `RefusedError("page.not_announced")`; what arrives before `body` breaks is kept.
        """
        known = await self.size_of(station, sha256)
        if known is not None:
            return Outcome.KNOWN, known
        outcome, held = await self._uploads.take(f"{station}/{sha256}", part, body)
        if outcome is Outcome.COMPLETE:
            await self._page_is_durable(station, sha256, held)
        log.info("page of %s: %s at %d", station, outcome.value, held)
        return outcome, held

    async def size_of(self, station: str, sha256: str) -> int | None:
        """The size of a complete page, None while it is not; raises `RefusedError("page.not_announced")`."""
        async with self._ledger.transaction(EventBooks) as books:
            if not await books.is_announced(station, sha256):
                raise RefusedError("page.not_announced", "no event of this station has announced this page")
            return await books.page_size(station, sha256)

    def held(self, station: str, sha256: str) -> int:
        """How many bytes of an incomplete page have arrived."""
        return self._uploads.held(f"{station}/{sha256}")

    async def _page_is_durable(self, station: str, sha256: str, size: int) -> None:
        """Note the page, and give a receipt to every event that waited for nothing else."""

        async def note(books: EventBooks) -> None:
            at = self._now()
            await books.add_page(station, sha256, size, at.isoformat(), self._uploads.spooled_by)
            for waiting in await books.waiting_for(station, sha256):
                await self._answer(books, station, waiting.seq, at)

        # Alone: of two pages that come to two nodes at once, one must see the other.
        await self._ledger.carry_out(EventBooks, note, f"station {station}")

    async def _answer(self, books: EventBooks, station: str, seq: int, at: datetime) -> Answer:
        kept = await books.event(station, seq)
        if kept is None:
            raise LookupError(f"event {station}/{seq} is not in the ledger")
        if kept.reason is not None:
            return answers.conflict(seq, kept.reason)
        if kept.receipt is not None:
            return answers.accepted(seq, kept.receipt)
        lacking = missing(kept.pages, await books.complete(station, kept.pages))
        if lacking:
            return answers.need_pages(seq, lacking)
        return answers.accepted(seq, await self._accept(books, kept, at))

    async def _accept(self, books: EventBooks, kept: KeptEvent, at: datetime) -> dict[str, Any]:
        """Give a sealed dossier its receipt, and tell the systems outside that it is here."""
        receipt = await self._sign(books, kept, at)
        cases = books.beside(CaseBooks)
        await cases.received(kept.dossier_id, at.isoformat())
        facts = {"station": kept.station, "hub_number": receipt["hub_number"]}
        await books.beside(OutgoingBooks).tell("dossier.received", kept.dossier_id, facts, at.isoformat())
        return receipt

    async def _sign(self, books: EventBooks, kept: Event | KeptEvent, at: datetime, **more: object) -> dict[str, Any]:
        """Sign the receipt; nobody sees it before the transaction that keeps it has been committed."""
        hub_number = await next_hub_number(books, self._unit, at)
        receipt = self._signer.sign(
            {
                "station": kept.station,
                "seq": kept.seq,
                "dossier_id": kept.dossier_id,
                "pages": list(kept.pages),
                "received_at": at.isoformat(),
                "hub_number": hub_number,
                "durable": True,
                **more,
            }
        )
        await books.accept(kept.station, kept.seq, hub_number, receipt)
        return receipt

    @staticmethod
    def _told(raw: Any, answer: Answer) -> Answer:
        station = raw.get("station") if isinstance(raw, dict) else None
        reason = answer.get("reason", {}).get("code", "")
        log.info("event %s/%s: %s %s", station, answer["seq"], answer["status"], reason)
        return answer
