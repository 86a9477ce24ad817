"""The officer puts together again what the gate took for several papers on one glass (gộp lại)."""

from __future__ import annotations

from station.actions.change import Change
from station.dossier.dossier import Dossier
from station.dossier.images import rejoined


class RejoinImage:
    def __init__(self, change: Change) -> None:
        self._change = change

    def __call__(self, dossier_id: str, page_id: str, by: str) -> Dossier:
        """One page of the whole image, to be read as such; what was read of the parts goes."""
        return self._change(
            dossier_id, "rejoin_image", by, lambda dossier: rejoined(dossier, page_id, by), page=page_id
        )
