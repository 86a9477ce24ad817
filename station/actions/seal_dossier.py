"""The dossier is sealed (chốt hồ sơ): dossier, audit entry and outbox event in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from station.actions.guard_work import GuardWork
from station.actions.ports.clock import Clock
from station.actions.ports.dossiers import Dossiers
from station.actions.ports.rules import Deadlines, Procedures
from station.dossier.audit import AuditEntry
from station.dossier.checks import findings
from station.dossier.delivery import OutboxEvent
from station.dossier.dossier import Dossier
from station.dossier.finding import Finding
from station.dossier.grouping import settled
from station.dossier.kinds import NO_KINDS, PaperKinds
from station.dossier.numbering import provisional_number
from station.dossier.quality import Quality, quality
from station.dossier.record import images, record
from station.dossier.units import NOWHERE, Gazetteer
from station.errors import RuleError

SEALED = "dossier.sealed"
"""The event's kind in contract/v1."""


@dataclass(frozen=True, slots=True)
class Promise:
    """By when the result is there; `foreseen_years` on the way there have no official calendar yet."""

    due_at: datetime
    foreseen_years: tuple[int, ...] = ()


class SealDossier:
    def __init__(
        self,
        dossiers: Dossiers,
        procedures: Procedures,
        deadlines: Deadlines,
        clock: Clock,
        station: str,
        guard: GuardWork,
        gazetteer: Callable[[], Gazetteer] = lambda: NOWHERE,
        kinds: PaperKinds = NO_KINDS,
    ) -> None:
        self._dossiers, self._procedures, self._deadlines = dossiers, procedures, deadlines
        self._clock, self._station, self._guard, self._gazetteer, self._kinds = clock, station, guard, gazetteer, kinds

    def findings(self, dossier: Dossier) -> tuple[Finding, ...]:
        """What stands between this dossier and its seal."""
        procedure = self._procedures.get(dossier.procedure_code, dossier.procedure_version)
        return findings(dossier, procedure, self._clock.now().date(), self._gazetteer(), self._kinds)

    def promise(self, dossier: Dossier) -> Promise:
        """What the citizen is promised if it is sealed now."""
        return self._promise(dossier, self._clock.now())

    def quality(self, dossier: Dossier) -> Quality:
        """How good its data are (đúng – đủ – sạch – sống), as it stands today."""
        procedure = self._procedures.get(dossier.procedure_code, dossier.procedure_version)
        return quality(dossier, procedure, self._kinds, self._clock.now().date(), self._gazetteer())

    def __call__(self, dossier_id: str, by: str, *, despite_warnings: bool = False) -> Dossier:
        """Seal and queue for the hub. `RuleError` while something blocks, or warnings were not accepted.

        `StoreError` where it could not be kept, or the clock is wrong and with it the promised date.
        """
        self._guard.must_be_able_to_seal()
        with self._dossiers.transaction() as kept:
            kept.permit("seal_dossier", by, dossier_id)
            dossier, now = kept.load(dossier_id), self._clock.now()
            dossier.must_be_open()
            self._must_be_ready(dossier, despite_warnings=despite_warnings)
            number = provisional_number(self._station, now.date(), kept.next_number(f"dossier {now:%y%m%d}"))
            sealed = kept.save(settled(dossier).sealed(number, by, now, self._promise(dossier, now).due_at))
            event = OutboxEvent(
                station=self._station,
                seq=kept.next_seq(),
                kind=SEALED,
                dossier_id=sealed.id,
                base_version=0,
                created_at=now,
                body=record(sealed, self.quality(sealed), kept.replaces(sealed.id)),
                pages=images(sealed),
            )
            kept.enqueue(event)
            detail: dict[str, str | int] = {"number": number, "seq": event.seq, "pages": len(sealed.pages)}
            kept.audit(AuditEntry("seal_dossier", by, now, sealed.id, detail))
            return sealed

    def _promise(self, dossier: Dossier, now: datetime) -> Promise:
        procedure = self._procedures.get(dossier.procedure_code, dossier.procedure_version)
        case = procedure.case(dossier.case)
        due_at = self._deadlines.due_at(now, case.time, case.unit)
        return Promise(due_at, tuple(self._deadlines.years_without_schedule(now.date(), due_at.date())))

    def _must_be_ready(self, dossier: Dossier, *, despite_warnings: bool) -> None:
        found = self.findings(dossier)
        blocking = sum(finding.blocking for finding in found)
        if blocking:
            raise RuleError("dossier.not_ready", count=blocking)
        if found and not despite_warnings:
            raise RuleError("dossier.has_warnings", count=len(found))
