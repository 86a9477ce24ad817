"""The one thread that talks to the hub: it takes turns, sleeps between them, and ends at once when told to."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from station.dossier.delivery import Delivery, Link, Progress
from station.dossier.why_stuck import LinkKind, LinkQuality, Queue
from station.sync.ledger import Clock
from station.sync.loop import SyncLoop, Turn
from station.sync.waiting import WaitingList

log = logging.getLogger(__name__)

_NO_LINE = {"hub.unreachable", "hub.offline"}

LOOK_AGAIN = 60.0
"""Seconds after which the thread looks again in any case: clocks jump, and computers sleep."""


@dataclass(frozen=True, slots=True)
class LinkStatus:
    """How the line to the hub is. `trouble` is an error code, None while it works or nothing was tried yet."""

    online: bool
    trouble: str | None = None
    next_attempt: datetime | None = None


class SyncThread:
    """Drives a `SyncLoop`. All methods may be called from any thread."""

    def __init__(self, loop: SyncLoop, clock: Clock) -> None:
        self._loop = loop
        self._clock = clock
        self._listeners: list[Callable[[str], None]] = []
        self._bell = threading.Event()
        self._stopping = threading.Event()
        self._waiting, self._one_asks = WaitingList(), threading.Lock()
        self._status = LinkStatus(online=loop.online)
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)

    def on_progress(self, listener: Callable[[str], None]) -> None:
        """Call `listener(dossier_id)`, from the sync thread, whenever a delivery has changed in the ledger."""
        self._listeners.append(listener)

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """Something was written: if it is an event, do not wait."""
        self._bell.set()

    def stop(self, within: float = 5.0) -> bool:
        """End the thread, breaking off what is under way; False if it has not ended in `within` seconds."""
        self._stopping.set()
        self._bell.set()
        step = 0.05
        for _ in range(max(1, round(within / step))):
            if not self._thread.is_alive():
                return True
            self._loop.interrupt()
            self._thread.join(step)
        return not self._thread.is_alive()

    @property
    def online(self) -> bool:
        """Whether anything may be sent at all; switched by a person, in practice mode «ngắt mạng»."""
        return self._loop.online

    @online.setter
    def online(self, online: bool) -> None:
        self._loop.online = online
        if online:
            self._loop.try_now()
        else:
            self._loop.interrupt()
        self._bell.set()

    @property
    def metered(self) -> bool:
        """Whether pages wait, since each byte is paid for."""
        return self._loop.metered

    @metered.setter
    def metered(self, metered: bool) -> None:
        self._loop.metered = metered
        self._bell.set()

    @property
    def limit(self) -> int | None:
        """The most bytes a second that pages may take; None: as much as there is."""
        return self._loop.limit

    @limit.setter
    def limit(self, bytes_a_second: int | None) -> None:
        self._loop.limit = bytes_a_second
        self._bell.set()

    def send_all_now(self) -> None:
        """Send the pages that wait by now in spite of `metered`."""
        self._loop.send_all_now()
        self._bell.set()

    def tell(self, dossier_ids: Iterable[str]) -> None:
        """Tell the listeners that there is something new about these; from the sync thread."""
        for dossier_id in dossier_ids:
            for listener in self._listeners:
                _tell(listener, dossier_id)

    def status(self) -> LinkStatus:
        return self._status

    def quality(self) -> LinkQuality:
        """How good the line is, by what went over it; offline while it does not work at all."""
        quality = self._loop.state.link.quality()
        out = not self.online or self._status.trouble in _NO_LINE
        return replace(quality, kind=LinkKind.OFFLINE) if out else quality

    def queue(self) -> Queue:
        """What waits, worked out from the last turn's state: it waits neither for the line nor for the database."""
        status = self._status
        link = Link(True, self.online, status.trouble, status.next_attempt, self.metered, self.limit)
        with self._one_asks:
            return self._waiting.queue(self._loop.state, link, self._clock.now())

    def as_seen_now(self, progress: Progress) -> Progress:
        """The ledger's progress with what only the line knows: what keeps it from working, and the next attempt.

        An event that is held for a reason of its own has its own next attempt, and stays as the ledger says.
        """
        settled = progress.delivery in {Delivery.RECEIVED, Delivery.REFUSED}
        if settled or progress.next_attempt is not None:
            return progress
        status = self._status
        if status.trouble is None:
            return replace(progress, reason=None)
        return replace(progress, delivery=Delivery.WAITING, reason=status.trouble, next_attempt=status.next_attempt)

    def _run(self) -> None:
        try:
            while not self._stopping.is_set():
                if self._bell.is_set():
                    self._bell.clear()
                    self._loop.wake()
                turn = self._loop.turn()
                self._publish(turn)
                if not turn.busy:
                    self._bell.wait(self._seconds_until(turn.next_turn))
        finally:
            self._loop.close()

    def _seconds_until(self, instant: datetime | None) -> float:
        if instant is None:
            return LOOK_AGAIN
        return min(max((instant - self._clock.now()).total_seconds(), 0.0), LOOK_AGAIN)

    def _publish(self, turn: Turn) -> None:
        self._status = LinkStatus(self._loop.online, turn.trouble, turn.next_turn if turn.trouble else None)
        self.tell(turn.changed)


def _tell(listener: Callable[[str], None], dossier_id: str) -> None:
    try:
        listener(dossier_id)
    except Exception as error:  # a screen that fails must not stop the delivery; no traceback, it could quote a value
        log.warning("A listener of the sync thread failed with %s", type(error).__name__)
