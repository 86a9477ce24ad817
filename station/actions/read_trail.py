"""Who did what when (nhật ký): shown, checked and exported for those who may read it; that, too, is written down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from station.actions.attendance import Attendance
from station.actions.permits import Deed, Permits
from station.actions.ports.clock import Clock
from station.actions.ports.dossiers import Dossiers
from station.actions.ports.trail import Trail
from station.dossier.audit import AuditEntry
from station.dossier.trail import SignedHead

MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lines: those of a dossier (its number or its id), of a person, of a day; all, where nothing is said."""

    dossier: str = ""
    person: str | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class TrailLine:
    """A line, and the number of its dossier where that has one."""

    entry: AuditEntry
    number: str


@dataclass(frozen=True, slots=True)
class TrailView:
    """The newest first. `more`: there are earlier ones that are not shown."""

    lines: Sequence[TrailLine]
    more: bool


class ReadTrail:
    """A line of its own in the trail for each sitting over it, and for each export."""

    def __init__(self, trail: Trail, dossiers: Dossiers, permits: Permits, clock: Clock, seat: Attendance) -> None:
        self._trail, self._dossiers, self._permits, self._clock = trail, dossiers, permits, clock
        self._seat = seat

    def __call__(self, by: str, asked: Asked | None = None) -> TrailView:
        """A deed, as it writes that the trail was read: call it where deeds are called."""
        self._permits.require(Deed.READ_TRAIL, by)
        entry = AuditEntry(Deed.READ_TRAIL.value, by, self._clock.now())
        if not self._trail.has_line_since_sign_in(entry):
            self._dossiers.noted(entry)
        asked = asked or Asked()
        dossier_id = self._trail.dossier_called(asked.dossier) if asked.dossier else None
        found = self._trail.entries(dossier_id, MOST_SHOWN + 1, asked.person, asked.day)
        shown = found[:MOST_SHOWN]
        numbers = self._trail.numbers({one.dossier_id for one in shown if one.dossier_id})
        lines = tuple(TrailLine(one, numbers.get(one.dossier_id or "", "")) for one in shown)
        return TrailView(lines, more=len(found) > MOST_SHOWN)

    def index(self, by: str) -> tuple[SignedHead, tuple[str, ...], tuple[date, ...]]:
        """The head as it is now, everybody who stands in the trail, and the days that have lines."""
        self._permits.require(Deed.READ_TRAIL, by)
        return self._trail.signed_head(), tuple(self._trail.people()), tuple(self._trail.days())

    def check(self, by: str) -> int | None:
        """The number of the first line that is not what was written; None when all is well."""
        self._permits.require(Deed.READ_TRAIL, by)
        return self._trail.verify()

    def export(self, by: str, write: Callable[[bytes], None], second: str = "") -> SignedHead:
        """Give the whole trail to `write`, the line on this export included; returns the head that ends it.

        `RuleError("people.second_needed")`: two people are asked for, and `second` has not vouched.
        """
        self._permits.require(Deed.READ_TRAIL, by)
        self._permits.require(Deed.EXPORT, by, second)
        detail: dict[str, str | int] = {"second": second} if second else {}
        self._dossiers.noted(AuditEntry("export_trail", by, self._clock.now(), detail=detail))
        head = self._trail.checkpoint()
        write("".join(f"{line}\n" for line in self._trail.export(self._seat.roster.station)).encode("utf-8"))
        return head
