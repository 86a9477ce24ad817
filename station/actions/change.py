"""The way every deed changes a dossier: load, change, save and write down who did it, in one transaction."""

from __future__ import annotations

from collections.abc import Callable

from station.actions.ports import Clock, Dossiers
from station.dossier.audit import AuditEntry
from station.dossier.dossier import Dossier


class Change:
    def __init__(self, dossiers: Dossiers, clock: Clock) -> None:
        self._dossiers, self.clock = dossiers, clock

    def __call__(
        self, dossier_id: str, deed: str, by: str, change: Callable[[Dossier], Dossier], **detail: str | int
    ) -> Dossier:
        """Apply `change` to the dossier as it stands now. What `change` raises leaves everything as it was."""
        with self._dossiers.transaction() as kept:
            saved = kept.save(change(kept.load(dossier_id)))
            kept.audit(AuditEntry(deed, by, self.clock.now(), dossier_id, detail))
            return saved
