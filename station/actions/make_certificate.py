"""The certificate of an erasure, as often as it is asked for: from the records that stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from station.actions.make_receipt import Office
from station.actions.ports.clock import Clock
from station.actions.ports.dossiers import Dossiers
from station.actions.ports.forgetting import Erasing
from station.actions.ports.rules import Procedures
from station.dossier.audit import AuditEntry
from station.dossier.erasure import Cause, Erasure
from station.dossier.erasure_certificate import ErasedDossier, ErasureCertificate
from station.dossier.people import STATION
from station.dossier.printed_form import FormName
from station.errors import RuleError


class MakeCertificate:
    """`backups` is how many generations a backup keeps, `name_of` what a person is called."""

    def __init__(
        self,
        erasing: Erasing,
        dossiers: Dossiers,
        procedures: Procedures,
        clock: Clock,
        office: Office,
        station: str,
        backups: int,
        name_of: Callable[[str], str],
    ) -> None:
        self._erasing, self._dossiers, self._procedures, self._clock = erasing, dossiers, procedures, clock
        self._office, self._station, self._backups, self._name_of = office, station, backups, name_of

    def look(self, number: str) -> ErasureCertificate:
        """Raises `RuleError("dossier.no_certificate")` for a number that was never given."""
        erased = self._erasing.on_certificate(number)
        if not erased:
            raise RuleError("dossier.no_certificate")
        last = erased[-1]
        return ErasureCertificate(
            number=number,
            authority=self._office.authority,
            department=self._office.department,
            station=self._station,
            erased_at=last.erased_at,
            by="" if last.by == STATION else self._person(last.by),
            second=self._person(last.second) if last.second else "",
            automatic=last.by == STATION,
            dossiers=tuple(self._line(one) for one in erased),
            dossier_count=len(erased),
            page_count=sum(one.pages - one.shared for one in erased),
            shared_count=sum(one.shared for one in erased),
            cleared=all(one.finished_at for one in erased),
            backups=self._backups,
            backups_until=last.erased_at.date() + timedelta(days=self._backups),
            trail_line=last.trail_seq,
            trail_head=last.trail_hash,
            practice=self._office.practice,
        )

    def __call__(self, number: str, by: str) -> ErasureCertificate:
        """As it leaves the counter: the trail tells who printed it."""
        detail: dict[str, str | int] = {"form": FormName.ERASURE.value, "certificate": number}
        with self._dossiers.transaction() as kept:
            kept.permit("print_form", by, "")
            made = self.look(number)
            kept.audit(AuditEntry("print_form", by, self._clock.now(), None, detail))
        return made

    def _line(self, erased: Erasure) -> ErasedDossier:
        try:
            name = self._procedures.get(erased.procedure_code, erased.procedure_version).name
        except RuleError:
            name = erased.procedure_code
        return ErasedDossier(
            number=erased.number or "",
            official_number=erased.hub_number,
            procedure_name=name,
            opened_at=erased.opened_at,
            discarded=erased.cause is Cause.DISCARDED,
            received=datetime.fromisoformat(erased.received_at) if erased.received_at else None,
            due_since=erased.since,
            pages=erased.pages - erased.shared,
            shared=erased.shared,
            values=erased.entries,
            forms=erased.forms,
            key=erased.key_id,
        )

    def _person(self, person_id: str) -> str:
        name = self._name_of(person_id)
        return f"{name} ({person_id})" if name != person_id else person_id
