"""The officer says that a page belongs to the same paper as another page."""

from __future__ import annotations

from station.actions.change import Change
from station.dossier.dossier import Dossier
from station.dossier.grouping import joined


class JoinPages:
    def __init__(self, change: Change) -> None:
        self._change = change

    def __call__(self, dossier_id: str, page_id: str, other_id: str, by: str) -> Dossier:
        return self._change(
            dossier_id,
            "join_pages",
            by,
            lambda dossier: joined(dossier, page_id, other_id, by),
            page=page_id,
            with_page=other_id,
        )
