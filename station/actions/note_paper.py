"""The officer notes a paper as received or shown without scanning it (giấy tờ xuất trình, TT 03/2025 art. 5)."""

from __future__ import annotations

from station.actions.change import Change
from station.dossier.dossier import Dossier
from station.errors import InputError

MOST = 99
"""Nobody counts more of one paper."""


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

    def count(self, dossier_id: str, paper_key: str, count: int | None, by: str) -> Dossier:
        """How many there are where several are asked for; None: nobody has counted.

        `InputError("value.bad_count")` for what nobody can have counted.
        """
        if count is not None and not 0 <= count <= MOST:
            raise InputError("value.bad_count", most=MOST)
        return self._change(
            dossier_id,
            "count_paper",
            by,
            lambda dossier: dossier.with_counted(paper_key, count),
            paper=paper_key,
            count=-1 if count is None else count,
        )
