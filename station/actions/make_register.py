"""A day's page of Sổ theo dõi hồ sơ (Mẫu 07), from the dossiers that were sealed on it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from station.actions.make_receipt import Office
from station.actions.ports.clock import Clock
from station.actions.ports.dossiers import Dossiers
from station.actions.ports.rules import Procedures
from station.dossier.after_seal import as_corrected
from station.dossier.delivery import Delivery
from station.dossier.dossier import Dossier
from station.dossier.register import Register, RegisterRow
from station.errors import RuleError


class MakeRegister:
    def __init__(self, dossiers: Dossiers, procedures: Procedures, clock: Clock, office: Office) -> None:
        self._dossiers, self._procedures, self._clock, self._office = dossiers, procedures, clock, office

    def __call__(self, day: date | None = None) -> Register:
        """Of a day, or of today."""
        now = self._clock.now()
        day = day or now.date()
        start = datetime.combine(day, time(0), now.tzinfo)
        sealed = self._dossiers.sealed_between(start, start + timedelta(days=1))
        return Register(
            authority=self._office.authority,
            department=self._office.department,
            day=day,
            rows=tuple(self._row(self._dossiers.get(one)) for one in sealed),
            practice=self._office.practice,
        )

    def _row(self, dossier: Dossier) -> RegisterRow:
        if dossier.number is None or dossier.sealed_at is None or dossier.due_at is None:
            raise RuleError("dossier.not_sealed")
        progress = self._dossiers.progress(dossier.id)
        now = as_corrected(dossier, self._dossiers.revisions(dossier.id))
        name, office = self._procedure(dossier)
        return RegisterRow(
            number=dossier.number,
            official_number=progress.official_number if progress else "",
            procedure_name=name,
            dossier_count=1,
            person_name=now.person_name or "",
            address=now.value("residence") or "",
            phone=now.value("phone") or "",
            office=office,
            received_at=dossier.sealed_at,
            due_at=dossier.due_at,
            acknowledged=progress is not None and progress.delivery is Delivery.RECEIVED,
            corrected=now.entries_of(None) != dossier.entries_of(None),
        )

    def _procedure(self, dossier: Dossier) -> tuple[str, str]:
        """Its name and whose it is; its code alone where it has left the catalogue: the book must not miss a line."""
        try:
            procedure = self._procedures.get(dossier.procedure_code, dossier.procedure_version)
        except RuleError:
            return dossier.procedure_code, ""
        return procedure.name, procedure.authority
