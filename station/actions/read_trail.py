"""Who did what when (nhật ký): shown, checked and exported for those who may read it; that, too, is written down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from station.actions.attendance import Attendance
from station.actions.permits import Deed, Permits
from station.actions.ports import Clock, Dossiers, Trail
from station.dossier.audit import AuditEntry
from station.dossier.trail import SignedHead

ONE_SITTING = timedelta(hours=8)
MOST_SHOWN = 500


class ReadTrail:
    """One line in the trail for a sitting over it, one for each export."""

    def __init__(self, trail: Trail, dossiers: Dossiers, permits: Permits, clock: Clock, seat: Attendance) -> None:
        self._trail, self._dossiers, self._permits, self._clock = trail, dossiers, permits, clock
        self._seat = seat
        self._read: dict[str, AuditEntry] = {}

    def __call__(
        self, by: str, dossier_id: str | None = None, person: str | None = None, day: date | None = None
    ) -> Sequence[AuditEntry]:
        """The newest lines first: of one dossier, one person, one day, or of all."""
        self._permits.require(Deed.READ_TRAIL, by)
        before, now = self._read.get(by), self._clock.now()
        if before is None or now - before.at > ONE_SITTING:
            self._read[by] = AuditEntry(Deed.READ_TRAIL.value, by, now)
            self._dossiers.noted(self._read[by])
        return self._trail.entries(dossier_id, MOST_SHOWN, person, day)

    def people(self, by: str) -> Sequence[str]:
        """Everybody who stands in it."""
        self._permits.require(Deed.READ_TRAIL, by)
        return self._trail.people()

    def check(self, by: str) -> int | None:
        """The number of the first line that is not what was written; None when all is well."""
        self._permits.require(Deed.READ_TRAIL, by)
        return self._trail.verify()

    def head(self) -> SignedHead:
        """As it goes to the hub and onto the closing sheet."""
        return self._trail.signed_head()

    def export(self, by: str, write: Callable[[bytes], None]) -> SignedHead:
        """Give the whole trail to `write`, its own line included; returns the head that ends it."""
        self._permits.require(Deed.READ_TRAIL, by)
        self._dossiers.noted(AuditEntry("export_trail", by, self._clock.now()))
        lines = list(self._trail.export(self._seat.roster.station))
        write("".join(f"{line}\n" for line in lines).encode("utf-8"))
        return self._trail.checkpoint()
