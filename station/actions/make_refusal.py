"""A dossier is not accepted: Phiếu từ chối tiếp nhận giải quyết hồ sơ (Mẫu 03), and the dossier is closed."""

from __future__ import annotations

from dataclasses import replace

from station.actions.make_receipt import Office
from station.actions.ports.clock import Clock
from station.actions.ports.dossiers import Dossiers
from station.actions.ports.rules import Procedures
from station.dossier.audit import AuditEntry
from station.dossier.dossier import Dossier
from station.dossier.refusal import SERIES, Refusal
from station.errors import RuleError


class MakeRefusal:
    def __init__(self, dossiers: Dossiers, procedures: Procedures, clock: Clock, office: Office) -> None:
        self._dossiers, self._procedures, self._clock, self._office = dossiers, procedures, clock, office

    def look(self, dossier: Dossier, reason: str) -> Refusal:
        """As it would be issued now, without a number. Raises `RuleError("dossier.not_open")`."""
        dossier.must_be_open()
        procedure = self._procedures.get(dossier.procedure_code, dossier.procedure_version)
        return Refusal(
            number="",
            authority=self._office.authority,
            department=self._office.department,
            procedure_code=procedure.code,
            procedure_name=procedure.name,
            person_name=dossier.person_name or "",
            person_id=dossier.person_id or "",
            address=dossier.value("residence") or "",
            phone=dossier.value("phone") or "",
            email=dossier.value("email") or "",
            reason=reason.strip(),
            officer=self._office.officer_name,
            at=self._clock.now(),
            practice=self._office.practice,
        )

    def __call__(self, dossier_id: str, reason: str, by: str) -> Refusal:
        """Issue it under the next number of the year and discard the dossier.

        Raises `RuleError`: `dossier.reason_needed`, `dossier.not_open`.
        """
        if not reason.strip():
            raise RuleError("dossier.reason_needed")
        with self._dossiers.transaction() as kept:
            kept.permit("refuse_dossier", by, dossier_id)
            dossier = kept.load(dossier_id)
            refusal = self.look(dossier, reason)
            issued = replace(refusal, number=f"{kept.next_number(f'{SERIES} {refusal.at:%Y}'):04d}")
            kept.save(dossier.discarded())
            kept.keep_form(dossier_id, issued)
            kept.audit(AuditEntry("refuse_dossier", by, issued.at, dossier_id, {"number": issued.number}))
            return issued
