"""The views of the list of dossiers, each with its key and how many stand there."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from station.dossier.queue import COUNTED, Queue
from station.language import Language
from station.ui.widgets.buttons import press_with
from station.ui.widgets.keys import DOES


class QueueBar(QWidget):
    """One view is always picked; Ctrl and a digit picks another."""

    asked = Signal(object)  # Queue

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self.setAccessibleName(language("queue.views"))
        self.buttons: dict[Queue, QPushButton] = {}
        self.picked = Queue.TODAY
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for number, queue in enumerate(Queue, 1):
            made = QPushButton()
            made.setCheckable(True)
            made.setProperty("role", "view")
            made.setAccessibleName(language(f"queue.{queue.value}"))
            press_with(made, f"Ctrl+{number}")
            made.setProperty(DOES, language(f"queue.{queue.value}"))  # without the count, for the key map
            made.clicked.connect(lambda _checked, queue=queue: self._on_clicked(queue))
            row.addWidget(made, 1)
            self.buttons[queue] = made
        self.show_picked(searching=False)
        self.show_counts({})

    def show_picked(self, *, searching: bool) -> None:
        """Mark the view that is listed; while words are searched in all of them, none is."""
        for queue, made in self.buttons.items():
            made.setChecked(queue is self.picked and not searching)

    def show_counts(self, counts: Mapping[Queue, int]) -> None:
        """How many stand in each view that is counted."""
        for number, (queue, made) in enumerate(self.buttons.items(), 1):
            name = self._language(f"queue.{queue.value}")
            count = counts.get(queue, 0)
            counted = queue in COUNTED and queue in counts
            made.setText(f"{name}  {count}\nCtrl+{number}" if counted else f"{name}\nCtrl+{number}")
            spoken = self._language("queue.spoken", name=name, count=count) if counted else name
            made.setAccessibleName(spoken)

    def _on_clicked(self, queue: Queue) -> None:
        self.picked = queue
        self.show_picked(searching=False)
        self.asked.emit(queue)
