"""The officer compared a value with the paper and found it right."""

from __future__ import annotations

from station.actions.change import Change
from station.dossier.dossier import Dossier


class CheckField:
    def __init__(self, change: Change) -> None:
        self._change = change

    def __call__(self, dossier_id: str, entry_id: str, by: str) -> Dossier:
        now = self._change.clock.now()
        return self._change(
            dossier_id,
            "check_field",
            by,
            lambda dossier: dossier.with_entry(dossier.entry(entry_id).checked(by, now)),
            entry=entry_id,
        )
