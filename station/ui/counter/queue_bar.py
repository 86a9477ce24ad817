"""The views of the list of dossiers, each with its key and how many stand there."""

from __future__ import annotations

from collections.abc import Mapping

from station.dossier.queue import COUNTED, Queue
from station.language import Language
from station.ui.widgets.view_buttons import ViewButtons


class QueueBar(ViewButtons[Queue]):
    """One view is always picked; Ctrl and a digit picks another."""

    def __init__(self, language: Language) -> None:
        super().__init__(language, language("queue.views"), list(Queue), lambda queue: language(f"queue.{queue.value}"))
        self.picked = Queue.TODAY
        self.show_picked(searching=False)
        self.asked.connect(self._on_asked)

    def show_picked(self, *, searching: bool) -> None:
        """Mark the view that is listed; while words are searched in all of them, none is."""
        self.mark(None if searching else self.picked)

    def show_counts(self, counts: Mapping[Queue, int]) -> None:
        """How many stand in each view that is counted."""
        for queue in Queue:
            self.show_count(queue, counts.get(queue) if queue in COUNTED else None)

    def _on_asked(self, queue: Queue) -> None:
        self.picked = queue
        self.show_picked(searching=False)
