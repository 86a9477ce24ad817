"""The last deeds of people on the dossier in hand, remembered so that they can be taken back."""

from __future__ import annotations

import threading

from station.dossier.dossier import Dossier
from station.dossier.taking_back import Step

DEEDS = frozenset(
    {
        "add_field",
        "answer_condition",
        "assign_kind",
        "check_field",
        "choose_case",
        "confirm_by_citizen",
        "correct_field",
        "count_paper",
        "identify_person",
        "join_pages",
        "keep_page",
        "note_paper",
        "outline_page",
        "rejoin_image",
        "remove_blank_pages",
        "remove_page",
        "replace_page",
        "split_paper",
    }
)
"""Deeds that can be taken back, by their names in the audit trail; each has its words under `[undo.deed]`."""

MOST = 50
"""Steps back; a dossier of six pages holds some hundred kilobytes, most of them shared between its versions."""


class History:
    """One dossier at a time: a deed on another one begins anew. Deeds come from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def remember(self, deed: str, before: Dossier, after: Dossier) -> None:
        """A deed was kept; those of the machine, and those that cannot be taken back, are passed over."""
        if deed not in DEEDS:
            return
        with self._lock:
            if self._done and self._done[-1].after.id != after.id:
                self._done.clear()
            self._undone.clear()
            self._done.append(Step(deed, before, after))
            del self._done[:-MOST]

    def last(self, dossier_id: str) -> Step | None:
        """What would be taken back."""
        return self._last(self._done, dossier_id)

    def last_undone(self, dossier_id: str) -> Step | None:
        """What would be done again."""
        return self._last(self._undone, dossier_id)

    def moved_back(self) -> None:
        """The last deed was taken back."""
        with self._lock:
            if self._done:
                self._undone.append(self._done.pop())

    def moved_forward(self) -> None:
        """The last that was taken back was done again."""
        with self._lock:
            if self._undone:
                self._done.append(self._undone.pop())

    def forget(self) -> None:
        with self._lock:
            self._done.clear()
            self._undone.clear()

    def _last(self, steps: list[Step], dossier_id: str) -> Step | None:
        with self._lock:
            return steps[-1] if steps and steps[-1].after.id == dossier_id else None
