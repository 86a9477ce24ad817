"""Mistakes that a station may well make; the state machine has to see each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from station.dossier.delivery import HubReceipt, OutboxEvent
from station.sync.receipts import HubKey

from .memory_ledger import MemoryLedger


class StationBug(StrEnum):
    CHANGES_THE_BODY = "retry with a changed body"
    TRUSTS_ANY_RECEIPT = "receipt's signature unchecked"
    CURSOR_FIRST = "cursor kept before its changes"


class ChangingLedger(MemoryLedger):
    """Makes the event's body anew after each start, with the time of then."""

    def __init__(self) -> None:
        super().__init__()
        self._starts = 0

    def restart(self) -> None:
        self._starts += 1

    def events_of(self, keys: Sequence[tuple[str, int]]) -> list[OutboxEvent]:
        return [replace(told, body={**told.body, "made": self._starts}) for told in super().events_of(keys)]


class Believer(HubKey):
    def check(self, receipt: HubReceipt, event: OutboxEvent) -> None:
        """Takes every receipt for the hub's."""
