"""Asked before work is accepted that could not be kept, or whose promised date would be wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from station.actions.permits import Deed, Permits
from station.actions.ports.clock import Clock
from station.actions.ports.dossiers import Dossiers
from station.actions.ports.health import Ground as GroundPort
from station.dossier.audit import AuditEntry
from station.dossier.guards import Ground, before_beginning, before_sealing, keeps_from_beginning
from station.errors import StoreError


class GuardWork:
    def __init__(
        self,
        ground: GroundPort,
        dossiers: Dossiers,
        clock: Clock,
        permits: Permits,
        ahead: Callable[[], timedelta | None] = lambda: None,
    ) -> None:
        """`ahead`: by how much the clock is ahead of the hub's, as far as is known."""
        self._ahead = ahead
        self._found, self._dossiers, self._clock, self._permits = ground, dossiers, clock, permits

    def obstacles(self) -> tuple[StoreError, ...]:
        """Everything that an officer should know before beginning. Touches the disk: not for the screen's thread."""
        return before_beginning(self._ground())

    def must_be_able_to_begin(self) -> None:
        """Raises `StoreError("guard.nearly_full")` or `("guard.not_writable")`."""
        for obstacle in self.obstacles():
            if keeps_from_beginning(obstacle):
                raise obstacle

    def must_be_able_to_seal(self) -> None:
        """Raises the same, with less room asked for, and `StoreError("guard.clock_behind")`."""
        for obstacle in before_sealing(self._ground()):
            raise obstacle

    def confirm_clock(self, by: str) -> None:
        """Somebody who answers for it says that the clock is right, and what was taken for past is not.

        A clock that once ran ahead would otherwise keep the counter closed until then.
        """
        self._permits.require(Deed.CONFIRM_CLOCK, by)
        hub_time = self._found.hub_time()
        detail: dict[str, str | int] = {"hub_time": hub_time.isoformat()} if hub_time else {}
        with self._dossiers.transaction() as kept:
            kept.audit(AuditEntry("confirm_clock", by, self._clock.now(), None, detail))

    def _ground(self) -> Ground:
        found = self._found
        return Ground(found.free_space(), found.is_writable(), self._clock.now(), found.newest_moment(), self._ahead())
