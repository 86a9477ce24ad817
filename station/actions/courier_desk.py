"""Without any network: what waits is written to a USB stick, and the hub's answer is taken back from it."""

from __future__ import annotations

from pathlib import Path

from station.actions.permits import Deed, Permits
from station.actions.ports.clock import Clock
from station.actions.ports.dossiers import Dossiers
from station.actions.ports.province import Courier
from station.dossier.audit import AuditEntry
from station.dossier.courier import Taken, Written


class CourierDesk:
    """What is on a stick waits here all the same, until the hub's receipt is back, by whatever way."""

    def __init__(self, courier: Courier, dossiers: Dossiers, permits: Permits, clock: Clock) -> None:
        self._courier, self._dossiers, self._permits, self._clock = courier, dossiers, permits, clock

    def write_parcel(self, folder: Path, by: str, *, whole: bool = False) -> Written:
        """Write all that waits, in parcels that only the hub can open; `whole` with pages that the hub holds, too.

        Raises `InputError` with `courier.*` and `RuleError("people.not_allowed")`.
        """
        self._permits.require(Deed.CARRY, by)
        written = self._courier.write(folder, whole=whole)
        detail: dict[str, str | int] = {"count": written.events, "pages": written.pages, "file": written.files[0]}
        self._dossiers.noted(AuditEntry("write_parcel", by, self._clock.now(), None, detail))
        return written

    def take_answer(self, file: Path, by: str) -> Taken:
        """Take in what the hub answered; taking it again changes nothing. Raises as above."""
        self._permits.require(Deed.CARRY, by)
        taken = self._courier.take(file)
        detail: dict[str, str | int] = {"count": taken.received}
        self._dossiers.noted(AuditEntry("take_answer", by, self._clock.now(), None, detail))
        return taken

    def learn_key(self, file: Path, by: str) -> None:
        """Take the hub's key for parcels from a file that the province has signed. Raises as above."""
        self._permits.require(Deed.CARRY, by)
        self._courier.learn_key(file)
