"""A page that the machine could not read is given to it once more (đọc lại trang này)."""

from __future__ import annotations

from station.actions.change import Change
from station.dossier.dossier import Dossier
from station.dossier.images import to_be_read_again


class RereadPage:
    def __init__(self, change: Change) -> None:
        self._change = change

    def __call__(self, dossier_id: str, page_id: str, by: str) -> Dossier:
        """The page is unread again; whoever shows the dossier has it read."""
        return self._change(
            dossier_id, "reread_page", by, lambda dossier: to_be_read_again(dossier, page_id), page=page_id
        )
