"""Who sits at the counter: whether they may serve citizens at all."""

from __future__ import annotations

from station.actions.desk import Desk
from station.actions.permits import Deed


def serves(desk: Desk) -> bool:
    """Whether who sits here may see and work on dossiers; with nobody here, all is hidden by the lock."""
    return desk.trust.attendance.person is None or desk.trust.permits.may(Deed.SERVE)
