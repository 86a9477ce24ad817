"""What the sync room needs from the rest of the station: the outbox with its progress, and the page images."""

from __future__ import annotations

from collections.abc import Sequence, Set
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from station.dossier.delivery import Delivery, HubReceipt, OutboxEvent, Progress

Key = tuple[str, int]


class Ledger(Protocol):
    """The outbox and how far each event has got; durable when a call returns. Called from the sync thread only."""

    def pending_keys(self) -> list[Key]:
        """Station and number of the events neither received nor refused, oldest first."""
        ...

    def events_of(self, keys: Sequence[Key]) -> list[OutboxEvent]:
        """These events, whole and in this order; without those that are not there."""
        ...

    def progress(self, dossier_id: str) -> Progress | None:
        """How far the dossier's newest event has got; None for a dossier that was never sealed."""
        ...

    def together(self) -> AbstractContextManager[None]:
        """What is kept within is kept whole when the block ends, and not at all when it raises."""
        ...

    def note(
        self,
        station: str,
        seq: int,
        delivery: Delivery,
        reason: str | None,
        detail: str | None,
        next_attempt: datetime | None,
    ) -> None:
        """Keep what the last attempt came to. A refused event is pending no more; a received one never changes."""
        ...

    def page_sent(self, sha256: str) -> None:
        """The hub holds this page completely."""
        ...

    def sent_pages(self, *events: OutboxEvent) -> Set[str]:
        """Those of these events' pages for which `page_sent` was called."""
        ...

    def keep_receipt(self, event: OutboxEvent, receipt: HubReceipt) -> None:
        """The event is received: keep the hub's signed word. The same receipt again changes nothing."""
        ...


class PageImages(Protocol):
    """The page images kept on this machine."""

    def read(self, sha256: str) -> bytes:
        """The bytes as they were kept; raises `StoreError` when missing or damaged."""
        ...


class Clock(Protocol):
    """What time it is; aware datetimes."""

    def now(self) -> datetime: ...
