"""The officer says that with a page another paper begins."""

from __future__ import annotations

from station.actions.change import Change
from station.dossier.dossier import Dossier
from station.dossier.grouping import set_apart


class SplitPaper:
    def __init__(self, change: Change) -> None:
        self._change = change

    def __call__(self, dossier_id: str, page_id: str, by: str) -> Dossier:
        return self._change(
            dossier_id, "split_paper", by, lambda dossier: set_apart(dossier, page_id, by), page=page_id
        )
