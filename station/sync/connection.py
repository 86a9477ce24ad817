"""The way to the hub as the officer sees it: on or off, and how far each dossier has got."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from station.dossier.delivery import Delivery, Link, Progress
from station.dossier.why_stuck import LinkKind, LinkQuality, Queue
from station.sync.thread import SyncThread

Keep = Callable[[bool, int | None], None]
"""Keeps over a restart whether the line is metered, and the most bytes a second that are taken of it."""


class Connection:
    """`thread` is None where this machine has not been paired with a hub: everything waits, nothing is lost.

    `trouble` is the code of what is wrong with the pairing, if there is one; `keep` keeps what a person chooses.
    """

    def __init__(self, thread: SyncThread | None, trouble: str | None = None, keep: Keep | None = None) -> None:
        self._thread = thread
        self._trouble = trouble
        self._keep = keep

    @property
    def online(self) -> bool:
        return self._thread is not None and self._thread.online

    def link(self) -> Link:
        """How the line is, as far as is known now."""
        if self._thread is None:
            return Link(paired=False, online=False, trouble=self._trouble)
        status = self._thread.status()
        return Link(
            online=self._thread.online,
            trouble=status.trouble,
            next_attempt=status.next_attempt,
            metered=self._thread.metered,
            limit=self._thread.limit,
        )

    def quality(self) -> LinkQuality:
        """How good the line is, by what was sent over it."""
        if self._thread is None or not self._thread.online:
            return LinkQuality(LinkKind.OFFLINE)
        return self._thread.quality()

    def queue(self) -> Queue:
        """What waits, in the order in which it goes; as of the last step of the sync thread, without waiting for it."""
        return self._thread.queue() if self._thread is not None else Queue()

    def limit(self, bytes_a_second: int | None) -> None:
        """Take no more than this of the line, from now on; None: as much as there is."""
        if self._thread is not None:
            self._thread.limit = bytes_a_second
            self._kept(self._thread)

    def metered(self, on: bool) -> None:
        """Each byte is paid for: facts and previews go, pages wait."""
        if self._thread is not None:
            self._thread.metered = on
            self._kept(self._thread)

    def send_all_now(self) -> None:
        """Send the pages that are in the queue now in spite of `metered`."""
        if self._thread is not None:
            self._thread.send_all_now()

    def switch(self, *, online: bool) -> None:
        if self._thread is not None:
            self._thread.online = online

    def on_progress(self, told: Callable[[str], None]) -> None:
        if self._thread is not None:
            self._thread.on_progress(told)

    def seen(self, progress: Progress) -> Progress:
        """What the store knows of a delivery, with what only the line knows: why it waits, when it is tried again."""
        if self._thread is not None:
            return self._thread.as_seen_now(progress)
        waits = progress.delivery not in {Delivery.RECEIVED, Delivery.REFUSED}
        return replace(progress, reason=self._trouble) if waits and self._trouble else progress

    def _kept(self, thread: SyncThread) -> None:
        if self._keep is not None:
            self._keep(thread.metered, thread.limit)
