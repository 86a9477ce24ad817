"""All keys on one page (F1), grouped by where they work; read off the widgets themselves, so that none is missing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from station.language import Language
from station.ui.widgets.buttons import button
from station.ui.widgets.keys import Key
from station.ui.widgets.labels import label

COLUMNS = 4

Group = tuple[str, Sequence[Key]]


class KeyMap(QWidget):
    """In front of the work until Esc or F1; the arrows scroll."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self.setObjectName("keys")
        self.groups: Sequence[Group] = ()
        self.leave = button(language("keys.leave"), lambda: None, "primary", "Esc")
        self._page = QScrollArea()
        self._page.setWidgetResizable(True)
        self._page.setFrameShape(QFrame.Shape.NoFrame)
        self._page.setAccessibleName(language("keys.title"))
        top = QHBoxLayout()
        top.addWidget(label(language("keys.title"), "title"))
        top.addStretch()
        top.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(label(language("keys.hint"), "hint", wrap=True))
        column.addWidget(self._page, 1)

    def show_groups(self, groups: Sequence[Group]) -> None:
        """Lay the groups out, each in the column that is shortest by then."""
        self.groups = [group for group in groups if group[1]]
        content = QWidget()
        content.setObjectName("content")
        row = QHBoxLayout(content)
        row.setContentsMargins(8, 8, 8, 8)
        row.setSpacing(12)
        columns = [QVBoxLayout() for _ in range(COLUMNS)]
        heights = [0] * COLUMNS
        for column in columns:
            column.setSpacing(14)
            row.addLayout(column, 1)
        for title, keys in self.groups:
            place = heights.index(min(heights))
            columns[place].addWidget(_card(title, keys))
            heights[place] += len(keys) + 3
        for column in columns:
            column.addStretch()
        self._page.setWidget(content)
        self._page.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F1, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.leave.click()
        else:
            super().keyPressEvent(event)


def _card(title: str, keys: Sequence[Key]) -> QFrame:
    card = QFrame()
    card.setProperty("role", "card")
    grid = QGridLayout(card)
    grid.setContentsMargins(12, 8, 10, 10)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(3)
    grid.setColumnStretch(1, 1)
    grid.addWidget(label(title, "subtitle"), 0, 0, 1, 2)
    for line, key in enumerate(keys, 1):
        cap = QLabel(key.keys)
        cap.setProperty("role", "key")
        grid.addWidget(cap, line, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(label(key.does, wrap=True), line, 1)
    return card
