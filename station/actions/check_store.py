"""Supervisors and IT have the whole store looked over while the counter is open."""

from __future__ import annotations

from collections.abc import Sequence

from station.actions.permits import Deed, Permits
from station.actions.ports.clock import Clock
from station.actions.ports.dossiers import Dossiers
from station.actions.ports.health import Examined
from station.dossier.audit import AuditEntry
from station.dossier.health import Symptom


class CheckStore:
    def __init__(self, store: Examined, dossiers: Dossiers, clock: Clock, permits: Permits) -> None:
        self._store, self._dossiers, self._clock, self._permits = store, dossiers, clock, permits

    def __call__(self, by: str) -> Sequence[Symptom]:
        """Everything that is wrong. Takes time in proportion to the store: not for the screen or the writer."""
        self._permits.require(Deed.CHECK_STORE, by)
        found = self._store.examine()
        detail: dict[str, str | int] = {"found": len(found), "serious": sum(symptom.serious for symptom in found)}
        with self._dossiers.transaction() as kept:
            kept.audit(AuditEntry("check_store", by, self._clock.now(), None, detail))
        return found
