"""A station and its hub on a line on which each exchange can be made to fail in its own way."""

from __future__ import annotations

from station.dossier.delivery import OutboxEvent, Progress
from station.sync.hub_client import HubClient
from station.sync.loop import SyncLoop, Turn
from station.sync.plan import Bodies
from station.sync.receipts import HubKey

from .faulty_line import FaultyLine
from .invented import PageBox, TurnedClock, event, image
from .memory_ledger import MemoryLedger
from .model_hub import ModelHub


class Counter:
    """A station and its hub, with everything in reach of the test."""

    def __init__(self) -> None:
        self.hub = ModelHub()
        self.line = FaultyLine(self.hub)
        self.ledger = MemoryLedger()
        self.pages = PageBox()
        self.clock = TurnedClock()
        self.client = HubClient("http://127.0.0.1", "token", practice=True, transport=self.line)
        key = HubKey(self.hub.public_raw)
        self.loop = SyncLoop(
            self.ledger, self.pages, self.client, key, self.clock, lambda: 0.5, bodies=Bodies(400, 400, 400)
        )

    def seal(self, seq: int, *sizes: int) -> OutboxEvent:
        told = event(seq, tuple(self.pages.add(image(10 * seq + at, size)) for at, size in enumerate(sizes)))
        self.ledger.enqueue(told)
        return told

    def turns(self, count: int = 100) -> Turn:
        """Take turns until there is nothing to do now."""
        for _ in range(count):
            turn = self.loop.turn()
            if not turn.busy:
                return turn
        raise AssertionError("the loop never rests")

    def progress(self, seq: int) -> Progress:
        progress = self.ledger.progress(f"T01-{seq}")
        assert progress is not None
        return progress
