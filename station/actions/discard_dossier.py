"""The officer gives up an open dossier: the citizen left, or it was opened by mistake. It stays on record."""

from __future__ import annotations

from station.actions.change import Change
from station.actions.permits import Deed, Permits
from station.dossier.dossier import Dossier


class DiscardDossier:
    def __init__(self, change: Change, permits: Permits) -> None:
        self._change, self._permits = change, permits

    def __call__(self, dossier_id: str, by: str, second: str = "") -> Dossier:
        """`second` vouches where the station's list asks for four eyes."""
        self._permits.require(Deed.DISCARD, by, second)
        detail = {"second": second} if second else {}
        return self._change(dossier_id, "discard_dossier", by, Dossier.discarded, None, **detail)
