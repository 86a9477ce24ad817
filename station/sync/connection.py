"""The way to the hub as the officer sees it: on or off, and how far each dossier has got."""

from __future__ import annotations

from collections.abc import Callable

from station.dossier.delivery import Progress
from station.sync.thread import SyncThread


class Connection:
    """`thread` is None where this machine has not been paired with a hub: everything waits, nothing is lost."""

    def __init__(self, thread: SyncThread | None) -> None:
        self._thread = thread

    @property
    def online(self) -> bool:
        return self._thread is not None and self._thread.online

    def switch(self, *, online: bool) -> None:
        if self._thread is not None:
            self._thread.online = online

    def on_progress(self, told: Callable[[str], None]) -> None:
        if self._thread is not None:
            self._thread.on_progress(told)

    def seen(self, progress: Progress) -> Progress:
        """What the store knows of a delivery, with what only the line knows: why it waits, when it is tried again."""
        return progress if self._thread is None else self._thread.as_seen_now(progress)
