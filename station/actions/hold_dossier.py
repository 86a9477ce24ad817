"""A dossier is kept at a lawful request (giữ theo yêu cầu pháp lý): nothing erases it until the hold is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from station.actions.permits import Deed, Permits
from station.actions.ports.clock import Clock
from station.actions.ports.dossiers import Dossiers
from station.dossier.audit import AuditEntry
from station.dossier.retention import Hold
from station.dossier.text import exact
from station.errors import InputError

LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class HeldDossier:
    """A hold that is in force, and the number of what it holds."""

    hold: Hold
    number: str | None


class HoldDossier:
    def __init__(self, dossiers: Dossiers, permits: Permits, clock: Clock) -> None:
        self._dossiers, self._permits, self._clock = dossiers, permits, clock

    def of(self, dossier_id: str) -> Hold | None:
        """The hold that is on it now; None where there is none, or its last day is over."""
        hold = self._dossiers.hold_of(dossier_id)
        return hold if hold and hold.holds(self._clock.now().date()) else None

    def all(self) -> Sequence[HeldDossier]:
        """Those in force, the newest first."""
        today = self._clock.now().date()
        held = [hold for hold in self._dossiers.holds() if hold.holds(today)]
        return [HeldDossier(hold, self._dossiers.get(hold.dossier_id).number) for hold in held]

    def __call__(self, dossier_id: str, reason: str, until: date | None, by: str) -> Hold:
        """`until` is the last day; None: until it is lifted. One whose last day is over makes room for a new one.

        Raises `InputError`: `value.no_hold_reason`, `value.past_day`; `RuleError("dossier.held")`.
        """
        self._permits.require(Deed.HOLD, by)
        now, words = self._clock.now(), exact(reason)[:LONGEST_REASON]
        if not words:
            raise InputError("value.no_hold_reason")
        if until is not None and until < now.date():
            raise InputError("value.past_day")
        hold = Hold(dossier_id, words, by, now, until)
        detail: dict[str, str | int] = {"until": until.isoformat() if until else ""}
        with self._dossiers.transaction() as kept:
            kept.load(dossier_id)
            before = self._dossiers.hold_of(dossier_id)
            if before is not None and not before.holds(now.date()):
                kept.lift_hold(dossier_id, before.by, now)
            kept.hold(hold)
            kept.audit(AuditEntry("hold_dossier", by, now, dossier_id, detail))
        return hold

    def lift(self, dossier_id: str, by: str) -> None:
        """Raises `RuleError("dossier.not_held")`."""
        self._permits.require(Deed.HOLD, by)
        now = self._clock.now()
        with self._dossiers.transaction() as kept:
            kept.lift_hold(dossier_id, by, now)
            kept.audit(AuditEntry("lift_hold", by, now, dossier_id))
