"""What the page about the province can show, each with its key and how many wait there."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from station.language import Language
from station.ui.widgets.buttons import press_with
from station.ui.widgets.keys import DOES


class View(StrEnum):
    """One part of the page."""

    QUEUE = "queue"  # hàng gửi
    QUESTIONS = "questions"  # câu hỏi
    RETURNED = "returned"  # tỉnh trả lại


class ViewBar(QWidget):
    """One view is always picked; Ctrl and a digit picks another."""

    asked = Signal(object)  # View

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self.setAccessibleName(language("province.views"))
        self.buttons: dict[View, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for number, view in enumerate(View, 1):
            made = QPushButton()
            made.setCheckable(True)
            made.setProperty("role", "view")
            press_with(made, f"Ctrl+{number}")
            made.setProperty(DOES, language(f"province.view.{view.value}"))
            made.clicked.connect(lambda _checked, view=view: self.asked.emit(view))
            row.addWidget(made, 1)
            self.buttons[view] = made
        self.show_counts({})

    def show_picked(self, picked: View) -> None:
        """Mark the view in front."""
        for view, made in self.buttons.items():
            made.setChecked(view is picked)

    def show_counts(self, counts: Mapping[View, int]) -> None:
        """How many wait in each view."""
        for number, (view, made) in enumerate(self.buttons.items(), 1):
            name, count = self._language(f"province.view.{view.value}"), counts.get(view, 0)
            made.setText(f"{name}  {count}\nCtrl+{number}")
            made.setAccessibleName(self._language("queue.spoken", name=name, count=count))
