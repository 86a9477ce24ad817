"""The shift is closed (chốt ca): the day's register with the ledger as it stands, and the trail's signed head on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from enum import StrEnum

from station.actions.make_register import MakeRegister
from station.actions.permits import Deed, Permits
from station.actions.ports.clock import Clock
from station.actions.ports.dossiers import Dossiers
from station.actions.ports.health import Ledger
from station.actions.ports.trail import Trail
from station.dossier.audit import AuditEntry
from station.dossier.closing_sheet import BalanceRow, ClosingSheet
from station.dossier.conservation import BroughtBack, Counts, gaps

TOLD_FOR = timedelta(days=7)
"""How long the first page tells of a restoration: whoever sits there on another day has to know, too."""


class Light(StrEnum):
    """Each has its words under `[ledger.status]`."""

    WHOLE = "whole"
    BROUGHT_BACK = "brought_back"
    GAP = "gap"


class CloseShift:
    def __init__(
        self,
        dossiers: Dossiers,
        ledger: Ledger,
        trail: Trail,
        permits: Permits,
        clock: Clock,
        make_register: MakeRegister,
        words: Callable[[Counts], Sequence[BalanceRow]],
    ) -> None:
        self._dossiers, self._ledger, self._trail = dossiers, ledger, trail
        self._permits, self._clock, self._make_register, self._words = permits, clock, make_register, words

    def today(self, by: str) -> Counts:
        """The ledger of what went in today. Whoever sits at the counter may look."""
        self._permits.require(Deed.SEE_LEDGER, by)
        return self._counts_of(self._clock.now())

    def adds_up(self) -> Light:
        """Whether today has no gap: the light on everybody's screen, which tells no more than that."""
        counts = self._counts_of(self._clock.now())
        if gaps(counts):
            return Light.GAP
        return Light.WHOLE if counts.is_whole else Light.BROUGHT_BACK

    def brought_back(self) -> tuple[BroughtBack, ...]:
        """What the last restorations left behind, for everybody: whose dossiers are concerned cannot be told here."""
        return tuple(one for one in self._ledger.brought_back(self._clock.now() - TOLD_FOR) if not one.is_whole)

    def ever(self, by: str) -> Counts:
        """The ledger of all that ever went in. Takes time in proportion to the store."""
        self._permits.require(Deed.SEE_LEDGER, by)
        return self._ledger.counts()

    def __call__(self, by: str, name: str = "") -> ClosingSheet:
        """Close the shift. A gap does not stop it: it goes into the trail and onto the sheet, in words.

        The head is signed after the line that says so was written: it stands for that line, too.
        """
        self._permits.require(Deed.CLOSE_SHIFT, by)
        now = self._clock.now()
        counts, register = self._counts_of(now), self._make_register()
        found = gaps(counts)
        detail: dict[str, str | int] = {
            "dossiers": len(register.rows),
            "fed": counts.fed,
            "kept": counts.taken,
            "acknowledged": counts.acknowledged,
            "gaps": " ".join(found),
        }
        with self._dossiers.transaction() as kept:
            kept.audit(AuditEntry("close_shift", by, now, None, detail))
        head = self._trail.checkpoint()
        return ClosingSheet(
            authority=register.authority,
            department=register.department,
            day=register.day,
            rows=register.rows,
            balance=tuple(self._words(counts)),
            whole=counts.is_whole,
            closed_by=name or by,
            closed_at=now,
            trail_lines=head.seq,
            trail_head=head.short,
            trail_signed=head.text,
            practice=register.practice,
        )

    def _counts_of(self, now: datetime) -> Counts:
        start = datetime.combine(now.date(), time(0), now.tzinfo)
        return self._ledger.counts(start, start + timedelta(days=1))
