"""Making what a target is sent out of a message and the dossier it is about."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from provincial_hub.keeping.exchange_books import ExchangeBooks, HeldRecord
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.outgoing_books import Message
from provincial_hub.outward.facts import leaving
from provincial_hub.outward.mapping import Mapping
from provincial_hub.outward.record import record_of, with_message
from provincial_hub.outward.targets import MessageRefusedError
from provincial_hub.outward.translation import Translated, translate

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Composed:
    """A dossier in their words, and the SHA-256 of its pages."""

    document: dict[str, Any]
    station: str
    pages: tuple[str, ...]
    untold: tuple[str, ...]


class Composer:
    """Reads the dossier when it is sent, so that a late message tells how it stands now, not how it stood."""

    def __init__(self, ledger: Ledger, mapping: Mapping, *, free_text: bool = False) -> None:
        """`free_text`: what people wrote goes out also where no member of the mapping names it."""
        self._ledger = ledger
        self.mapping = mapping
        self._free_text = free_text
        self._reported: set[str] = set()

    async def whole(self, dossier_id: str) -> Composed:
        """The dossier as it stands; raises `MessageRefusedError`."""
        held = await self._held(dossier_id)
        told = translate(record_of(held.body, held.case, held.texts), self.mapping, self.mapping.whole)
        self._report(told)
        document = {"service": told.service, "dossier_id": dossier_id, "record": told.document}
        pages = tuple(dict.fromkeys(page["sha256"] for page in held.body["pages"]))
        return Composed(document, held.case["station"], pages, told.untold)

    async def with_record(self, message: Message) -> dict[str, Any]:
        """The facts and, where their side has a service for the topic, what that is given."""
        data = leaving(message, free_text=self._free_text)
        service = self.mapping.service_for(message.topic)
        if service is not None:
            held = await self._held(message.dossier_id)
            record = record_of(held.body, held.case, held.texts)
            told = translate(with_message(record, message.topic, message.at, message.facts), self.mapping, service)
            if service.whole:
                self._report(told)
            data |= {"service": told.service, "record": told.document}
        return {"type": message.topic, "timestamp": message.at, "data": data}

    async def _held(self, dossier_id: str) -> HeldRecord:
        async with self._ledger.transaction(ExchangeBooks) as books:
            held = await books.record(dossier_id)
        if held is None:
            raise MessageRefusedError("dossier.not_held")
        return held

    def _report(self, told: Translated) -> None:
        """Say once which members of ours the mapping does not know."""
        new = set(told.untold) - self._reported
        self._reported |= new
        for name in sorted(new):
            log.warning("the mapping %s neither sends nor leaves out %s", self.mapping.name, name)
