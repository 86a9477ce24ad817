"""What the times of a sealed dossier say on Phiếu kiểm soát quá trình giải quyết hồ sơ (Mẫu 06)."""

from __future__ import annotations

from station.actions.make_receipt import Office
from station.actions.ports.dossiers import Dossiers
from station.actions.ports.rules import Procedures
from station.dossier.after_seal import as_corrected
from station.dossier.control_slip import ControlSlip, Handover
from station.dossier.dossier import Dossier
from station.errors import RuleError

TO_COME = 4
"""Rows left for the offices that the dossier goes through next."""


class MakeControlSlip:
    def __init__(self, dossiers: Dossiers, procedures: Procedures, office: Office) -> None:
        self._dossiers, self._procedures, self._office = dossiers, procedures, office

    def __call__(self, dossier: Dossier) -> ControlSlip:
        """Filled in as far as the counter's hands went. Raises `RuleError("dossier.not_sealed")`."""
        if dossier.number is None or dossier.sealed_at is None or dossier.due_at is None:
            raise RuleError("dossier.not_sealed")
        procedure = self._procedures.get(dossier.procedure_code, dossier.procedure_version)
        progress = self._dossiers.progress(dossier.id)
        now = as_corrected(dossier, self._dossiers.revisions(dossier.id))
        here = Handover(
            office=self._office.department,
            given_at=dossier.opened_at,
            given_by=now.person_name or "",
            taken_at=dossier.sealed_at,
            taken_by=self._office.people.name_of(dossier.sealed_by or ""),
        )
        return ControlSlip(
            authority=self._office.authority,
            department=self._office.department,
            number=dossier.number,
            official_number=progress.official_number if progress else "",
            procedure_code=procedure.code,
            procedure_name=procedure.name,
            person_name=now.person_name or "",
            received_at=dossier.sealed_at,
            due_at=dossier.due_at,
            handovers=(here, *(Handover() for _ in range(TO_COME))),
            practice=self._office.practice,
        )
