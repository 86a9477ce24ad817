"""The officer takes a page out of an open dossier; the audit trail keeps its hash, so that pages add up."""

from __future__ import annotations

from station.actions.change import Change
from station.dossier.dossier import Dossier


class RemovePage:
    def __init__(self, change: Change) -> None:
        self._change = change

    def __call__(self, dossier_id: str, page_id: str, sha256: str, by: str) -> Dossier:
        return self._change(
            dossier_id, "remove_page", by, lambda dossier: dossier.without_page(page_id), page=page_id, sha256=sha256
        )
