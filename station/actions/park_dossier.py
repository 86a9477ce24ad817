"""The officer puts an open dossier aside so that the counter is free, and takes it up again later."""

from __future__ import annotations

from dataclasses import replace

from station.actions.change import Change
from station.dossier.dossier import Dossier
from station.dossier.service import Parked
from station.dossier.text import exact

LONGEST_NOTE = 200


class ParkDossier:
    def __init__(self, change: Change) -> None:
        self._change = change

    def __call__(self, dossier_id: str, note: str, by: str) -> Dossier:
        """`note` says what it waits for; it may be empty. Anybody may take the dossier up again."""
        parked = Parked(by, self._change.clock.now(), exact(note)[:LONGEST_NOTE])

        def park(dossier: Dossier) -> Dossier:
            dossier.must_be_open()
            return replace(dossier, parked=parked)

        return self._change(dossier_id, "park_dossier", by, park)

    def resume(self, dossier_id: str, by: str) -> Dossier:
        """Who takes it up works on it from now on, whoever had it before."""

        def resume(dossier: Dossier) -> Dossier:
            dossier.must_be_open()
            return replace(dossier, parked=None, holder="" if by == dossier.opened_by else by)

        return self._change(dossier_id, "resume_dossier", by, resume)
