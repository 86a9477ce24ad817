"""The officer opens a dossier for a procedure."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from station.actions.guard_work import GuardWork
from station.actions.ports.clock import Clock
from station.actions.ports.dossiers import Dossiers
from station.actions.ports.rules import Procedures
from station.dossier.audit import AuditEntry
from station.dossier.dossier import Dossier
from station.dossier.procedure import Procedure
from station.errors import RuleError


class OpenDossier:
    def __init__(self, dossiers: Dossiers, procedures: Procedures, clock: Clock, guard: GuardWork) -> None:
        self._dossiers, self._procedures, self._clock, self._guard = dossiers, procedures, clock, guard

    def offered(self) -> Sequence[Procedure]:
        """What may be opened today, by name."""
        return self._procedures.all(self._clock.now().date())

    def __call__(self, procedure_code: str, by: str, case: str = "") -> Dossier:
        """A new, empty dossier in a case of the procedure, or in its usual one.

        `RuleError` for a procedure that is not received here today, or a case that it does not have; `StoreError`
        where what is taken in could not be kept.
        """
        self._guard.must_be_able_to_begin()
        procedure = next((one for one in self.offered() if one.code == procedure_code), None)
        if procedure is None:
            raise RuleError("dossier.no_such_procedure", procedure=procedure_code)
        now = self._clock.now()
        dossier = Dossier(
            id=uuid.uuid4().hex,
            procedure_code=procedure.code,
            procedure_version=procedure.version,
            opened_by=by,
            opened_at=now,
            case=procedure.case(case).key,
        )
        detail: dict[str, str | int] = {"procedure": procedure.code, "case": dossier.case}
        with self._dossiers.transaction() as kept:
            kept.audit(AuditEntry("open_dossier", by, now, dossier.id, detail))
            return kept.save(dossier)
