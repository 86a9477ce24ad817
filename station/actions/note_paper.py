"""The officer notes a paper as received or shown without scanning it (giấy tờ xuất trình, TT 03/2025 art. 5)."""

from __future__ import annotations

from station.actions.change import Change
from station.dossier.dossier import Dossier


class NotePaper:
    def __init__(self, change: Change) -> None:
        self._change = change

    def __call__(self, dossier_id: str, paper_key: str, present: bool, by: str) -> Dossier:
        return self._change(
            dossier_id,
            "note_paper",
            by,
            lambda dossier: dossier.with_presented(paper_key, present),
            paper=paper_key,
            present=int(present),
        )
