"""The officer gives up an open dossier: the citizen left, or it was opened by mistake. It stays on record."""

from __future__ import annotations

from station.actions.change import Change
from station.dossier.dossier import Dossier


class DiscardDossier:
    def __init__(self, change: Change) -> None:
        self._change = change

    def __call__(self, dossier_id: str, by: str) -> Dossier:
        return self._change(dossier_id, "discard_dossier", by, Dossier.discarded)
