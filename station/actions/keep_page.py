"""The officer keeps a page as it is, whatever the gate has against it (giữ trang này)."""

from __future__ import annotations

from station.actions.change import Change
from station.dossier.dossier import Dossier
from station.dossier.images import kept


class KeepPage:
    def __init__(self, change: Change) -> None:
        self._change = change

    def __call__(self, dossier_id: str, page_id: str, by: str) -> Dossier:
        return self._change(dossier_id, "keep_page", by, lambda dossier: kept(dossier, page_id, by), page=page_id)
