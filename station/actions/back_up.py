"""A backup is made now, because a person wants it; every night the station makes one by itself."""

from __future__ import annotations

from collections.abc import Callable

from station.actions.permits import Deed, Permits
from station.actions.ports.clock import Clock
from station.actions.ports.dossiers import Dossiers
from station.actions.ports.health import Backups
from station.dossier.audit import AuditEntry
from station.dossier.backup_state import BackupState


class BackUp:
    def __init__(self, backups: Backups, dossiers: Dossiers, permits: Permits, clock: Clock) -> None:
        self._backups, self._dossiers, self._permits, self._clock = backups, dossiers, permits, clock

    def state(self) -> BackupState:
        """How the backups stand; anybody may know."""
        return self._backups.state()

    def __call__(self, by: str, *, new_disk: bool = False) -> None:
        """Begin; `state` tells what comes of it. `new_disk`: the folder holds no backup yet, and shall.

        Raises `RuleError("people.not_allowed")` and `StoreError("backup.not_set_up")`.
        """
        self._permits.require(Deed.BACK_UP, by)
        self._backups.begin(new_disk=new_disk)
        self._dossiers.noted(AuditEntry(Deed.BACK_UP.value, by, self._clock.now()))

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call this, from another thread, whenever `state` has changed."""
        self._backups.on_change(listener)
