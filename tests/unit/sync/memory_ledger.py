"""A working outbox in memory; it passes the same tests as the store's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from station.dossier.delivery import Delivery, HubReceipt, OutboxEvent, Progress
from station.errors import StoreError


class MemoryLedger:
    """Keeps what it is told; `enqueue` stands for the deed that seals a dossier."""

    def __init__(self) -> None:
        self.events: dict[tuple[str, int], OutboxEvent] = {}
        self.standing: dict[tuple[str, int], Progress] = {}
        self.sent: set[str] = set()
        self.notes = 0

    def enqueue(self, event: OutboxEvent) -> None:
        key = event.station, event.seq
        self.events[key] = event
        self.standing[key] = Progress(event.dossier_id, Delivery.WAITING, pages_total=len(event.pages))

    def restart(self) -> None:
        """The station starts again: all that is here is kept."""

    def version_of(self, dossier_id: str) -> int:
        """The newest version that a receipt has told of."""
        receipts = [one.receipt for one in self.standing.values() if one.dossier_id == dossier_id and one.receipt]
        return max((receipt.version or 0 for receipt in receipts), default=0)

    def pending_keys(self) -> list[tuple[str, int]]:
        return [(event.station, event.seq) for event in self.pending()]

    def events_of(self, keys: Sequence[tuple[str, int]]) -> list[OutboxEvent]:
        return [self.events[key] for key in keys if key in self.events]

    def pending(self) -> list[OutboxEvent]:
        settled = {Delivery.RECEIVED, Delivery.REFUSED}
        return [event for key, event in self.events.items() if self.standing[key].delivery not in settled]

    def progress(self, dossier_id: str) -> Progress | None:
        keys = [key for key, event in self.events.items() if event.dossier_id == dossier_id]
        if not keys:
            return None
        event = self.events[keys[-1]]
        return replace(self.standing[keys[-1]], pages_sent=len(self.sent_pages(event)))

    @contextmanager
    def together(self) -> Iterator[None]:
        before = dict(self.standing), set(self.sent)
        try:
            yield
        except BaseException:
            self.standing, self.sent = before
            raise

    def note(
        self,
        station: str,
        seq: int,
        delivery: Delivery,
        reason: str | None,
        detail: str | None,
        next_attempt: datetime | None,
    ) -> None:
        self.notes += 1
        was = self.standing[station, seq]
        if was.delivery is not Delivery.RECEIVED:
            self.standing[station, seq] = replace(
                was, delivery=delivery, reason=reason, detail=detail, next_attempt=next_attempt
            )

    def page_sent(self, sha256: str) -> None:
        self.sent.add(sha256)

    def sent_pages(self, *events: OutboxEvent) -> set[str]:
        return {page for event in events for page in event.pages if page in self.sent}

    def keep_receipt(self, event: OutboxEvent, receipt: HubReceipt) -> None:
        if (receipt.station, receipt.seq) != (event.station, event.seq):
            raise StoreError("store.other_receipt")
        self.sent.update(event.pages)
        self.standing[event.station, event.seq] = Progress(
            event.dossier_id, Delivery.RECEIVED, pages_total=len(event.pages), receipt=receipt
        )
