"""The views of a page side by side, each with its key (Ctrl and a digit) and how many stand there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Generic, TypeVar

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from station.language import Language
from station.ui.widgets.buttons import press_with
from station.ui.widgets.keys import DOES

V = TypeVar("V", bound=StrEnum)


class ViewButtons(QWidget, Generic[V]):
    """At most one view is marked; `asked` says which one somebody wants."""

    asked = Signal(object)  # V

    def __init__(self, language: Language, spoken: str, views: Sequence[V], name_of: Callable[[V], str]) -> None:
        """`spoken` is what all of them are, for a screen reader."""
        super().__init__()
        self._language, self._name_of = language, name_of
        self.setAccessibleName(spoken)
        self.buttons: dict[V, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for number, view in enumerate(views, 1):
            made = _ViewButton()
            made.setProperty("role", "view")
            press_with(made, f"Ctrl+{number}")
            made.setProperty(DOES, name_of(view))  # without the count, for the key map
            made.clicked.connect(lambda _checked, view=view: self.asked.emit(view))
            row.addWidget(made, 1)
            self.buttons[view] = made
            self.show_count(view, None)

    def mark(self, picked: V | None) -> None:
        """Which view is in front."""
        for view, made in self.buttons.items():
            made.setChecked(view is picked)

    def show_count(self, view: V, count: int | None) -> None:
        """How many stand there; None where nobody counts."""
        name, made = self._name_of(view), self.buttons[view]
        number = list(self.buttons).index(view) + 1
        made.setText(f"{name}\nCtrl+{number}" if count is None else f"{name}  {count}\nCtrl+{number}")
        made.setAccessibleName(name if count is None else self._language("queue.spoken", name=name, count=count))


class _ViewButton(QPushButton):
    """The marked one has bold letters, which a style sheet does not count into the size."""

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)
        self.toggled.connect(lambda _on: self.updateGeometry())

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if not self.isChecked():
            return hint
        bold = QFont(self.font())
        bold.setBold(True)
        return hint + QSize(_width(self.text(), QFontMetrics(bold)) - _width(self.text(), self.fontMetrics()), 0)


def _width(text: str, letters: QFontMetrics) -> int:
    return max(letters.horizontalAdvance(line) for line in text.split("\n"))
