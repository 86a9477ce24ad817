"""A backup is made now, because a person wants it; every night the station makes one by itself."""

from __future__ import annotations

from station.actions.permits import Deed, Permits
from station.actions.ports import Backups
from station.dossier.backup_state import BackupState


class BackUp:
    def __init__(self, backups: Backups, permits: Permits) -> None:
        self._backups, self._permits = backups, permits

    def state(self) -> BackupState:
        """How the backups stand; anybody may know."""
        return self._backups.state()

    def __call__(self, by: str, *, new_disk: bool = False) -> None:
        """Begin; `state` tells what comes of it. `new_disk`: the folder holds no backup yet, and shall.

        Raises `RuleError("people.not_allowed")` and `StoreError("backup.not_set_up")`.
        """
        self._permits.require(Deed.BACK_UP, by)
        self._backups.begin(by, new_disk=new_disk)
