"""The promised day cannot be kept: Văn bản xin lỗi và đề nghị gia hạn thời gian giải quyết (Mẫu 04)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from station.actions.make_receipt import Office
from station.actions.ports.clock import Clock
from station.actions.ports.dossiers import Dossiers
from station.actions.ports.rules import Procedures
from station.dossier.after_seal import as_corrected
from station.dossier.apology import SERIES, Apology
from station.dossier.audit import AuditEntry
from station.dossier.dossier import Dossier
from station.errors import RuleError


class MakeApology:
    """The sealed dossier stays as it is; the new day stands on the apology and in the audit trail."""

    def __init__(self, dossiers: Dossiers, procedures: Procedures, clock: Clock, office: Office) -> None:
        self._dossiers, self._procedures, self._clock, self._office = dossiers, procedures, clock, office

    def look(self, dossier: Dossier, reason: str, new_due: date) -> Apology:
        """As it would be issued now, without a number.

        Raises `RuleError`: `dossier.not_sealed`, `dossier.due_earlier`.
        """
        if dossier.number is None or dossier.sealed_at is None or dossier.due_at is None:
            raise RuleError("dossier.not_sealed")
        if new_due <= dossier.due_at.date():
            raise RuleError("dossier.due_earlier")
        procedure = self._procedures.get(dossier.procedure_code, dossier.procedure_version)
        progress = self._dossiers.progress(dossier.id)
        now = as_corrected(dossier, self._dossiers.revisions(dossier.id))
        return Apology(
            number="",
            authority=self._office.authority,
            department=self._office.department,
            person_name=now.person_name or "",
            address=now.value("residence") or "",
            dossier_number=dossier.number,
            official_number=progress.official_number if progress else "",
            procedure_code=procedure.code,
            procedure_name=procedure.name,
            received_at=dossier.sealed_at,
            due_at=dossier.due_at,
            reason=reason.strip(),
            new_due=new_due,
            officer=self._office.officer_name,
            at=self._clock.now(),
            practice=self._office.practice,
        )

    def __call__(self, dossier_id: str, reason: str, new_due: date, by: str) -> Apology:
        """Issue it under the next number of the year.

        Raises `RuleError` as `look` does, and `dossier.reason_needed`.
        """
        if not reason.strip():
            raise RuleError("dossier.reason_needed")
        with self._dossiers.transaction() as kept:
            kept.permit("apologise", by, dossier_id)
            apology = self.look(kept.load(dossier_id), reason, new_due)
            issued = replace(apology, number=f"{kept.next_number(f'{SERIES} {apology.at:%Y}'):04d}")
            kept.keep_form(dossier_id, issued)
            detail: dict[str, str | int] = {"number": issued.number, "new_due": new_due.isoformat()}
            kept.audit(AuditEntry("apologise", by, issued.at, dossier_id, detail))
            return issued
