"""The officer takes back the last deed on an open dossier, or does again what was taken back.

Both are deeds of their own, with a line in the audit trail: what happened stays on record. The dossier's earlier values
are remembered in memory only, those of one dossier at a time; after a restart there is nothing to take back.
"""

from __future__ import annotations

from station.actions.change import Change
from station.actions.history import History
from station.actions.ports.dossiers import Pages
from station.dossier.dossier import Dossier
from station.dossier.taking_back import Step, taken_back
from station.errors import RuleError


class Undo:
    def __init__(self, change: Change, history: History, pages: Pages) -> None:
        self._change, self._history, self._pages = change, history, pages

    def __call__(self, dossier_id: str, by: str) -> tuple[Dossier, Step]:
        """The dossier without its last deed, and that deed. Raises `RuleError`.

        `dossier.nothing_to_undo`; `dossier.changed_since`: something else has changed the same meanwhile.
        """
        step = self._history.last(dossier_id)
        if step is None:
            raise RuleError("dossier.nothing_to_undo")
        dossier = self._take_back(dossier_id, "undo", step, by)
        self._history.moved_back()
        return dossier, step

    def redo(self, dossier_id: str, by: str) -> tuple[Dossier, Step]:
        """The same the other way round; `RuleError("dossier.nothing_to_redo")`."""
        step = self._history.last_undone(dossier_id)
        if step is None:
            raise RuleError("dossier.nothing_to_redo")
        dossier = self._take_back(dossier_id, "redo", step.reversed, by)
        self._history.moved_forward()
        return dossier, step

    def can_undo(self, dossier_id: str) -> bool:
        return self._history.last(dossier_id) is not None

    def can_redo(self, dossier_id: str) -> bool:
        return self._history.last_undone(dossier_id) is not None

    def forget(self) -> None:
        """The counter is free: nothing of the last citizen stays in memory."""
        self._history.forget()

    def _take_back(self, dossier_id: str, deed: str, step: Step, by: str) -> Dossier:
        """A page comes back only with its image: a row that names a lost one would be worse than none."""
        there = {page.id for page in step.after.pages}
        for page in step.before.pages:
            if page.id not in there:
                self._pages.read(page.sha256)
        try:
            return self._change(dossier_id, deed, by, lambda dossier: taken_back(dossier, step), of=step.deed)
        except RuleError:
            self._history.forget()  # what lies below it would fare no better
            raise
