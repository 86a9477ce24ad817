"""The officer opens a dossier for a procedure."""

from __future__ import annotations

import uuid

from station.actions.ports import Clock, Dossiers, Procedures
from station.dossier.audit import AuditEntry
from station.dossier.dossier import Dossier


class OpenDossier:
    def __init__(self, dossiers: Dossiers, procedures: Procedures, clock: Clock) -> None:
        self._dossiers, self._procedures, self._clock = dossiers, procedures, clock

    def __call__(self, procedure_code: str, by: str) -> Dossier:
        """A new, empty dossier; `RuleError` for a procedure that is not in the catalogue."""
        procedure, now = self._procedures.get(procedure_code), self._clock.now()
        dossier = Dossier(
            id=uuid.uuid4().hex,
            procedure_code=procedure.code,
            procedure_version=procedure.version,
            opened_by=by,
            opened_at=now,
        )
        with self._dossiers.transaction() as kept:
            kept.audit(AuditEntry("open_dossier", by, now, dossier.id, {"procedure": procedure.code}))
            return kept.save(dossier)
