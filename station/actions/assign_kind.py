"""The officer says which paper a page is."""

from __future__ import annotations

from station.actions.change import Change
from station.dossier.dossier import Dossier


class AssignKind:
    def __init__(self, change: Change) -> None:
        self._change = change

    def __call__(self, dossier_id: str, page_id: str, kind: str, by: str) -> Dossier:
        return self._change(
            dossier_id, "assign_kind", by, lambda dossier: dossier.with_kind(page_id, kind, by), page=page_id, kind=kind
        )
