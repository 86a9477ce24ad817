"""Whether all is well with the station: its store, its counts, its backups, its disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from station.dossier.backup_state import BackupState
from station.dossier.conservation import BroughtBack, Counts
from station.dossier.health import Symptom


class Examined(Protocol):
    """The store, as it can be looked over."""

    def examine(self) -> Sequence[Symptom]:
        """Everything that is wrong; takes time in proportion to the store."""
        ...


class Ground(Protocol):
    """What the station stands on."""

    def free_space(self) -> int:
        """Bytes that are free where the store lies; raises `StoreError`."""
        ...

    def is_writable(self) -> bool:
        """Whether a file can be written there now, and is durable."""
        ...

    def newest_moment(self) -> datetime | None:
        """The latest moment that is known to be past."""
        ...

    def hub_time(self) -> datetime | None:
        """The latest time that the hub has signed."""
        ...


class Ledger(Protocol):
    """What went in and where it is now, counted by query."""

    def counts(self, start: datetime | None = None, end: datetime | None = None) -> Counts:
        """Of what went in from `start` on and before `end`; of everything without them."""
        ...

    def brought_back(self, start: datetime | None = None, end: datetime | None = None) -> tuple[BroughtBack, ...]:
        """The restorations that were made or settled in that time, and every one that the hub was not asked about."""
        ...


class Backups(Protocol):
    """What makes the backups, in a thread of its own."""

    def state(self) -> BackupState: ...

    def begin(self, *, new_disk: bool = False) -> None:
        """Make one now; raises `StoreError("backup.not_set_up")`."""
        ...

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call this from another thread whenever `state` has changed."""
        ...
