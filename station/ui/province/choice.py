"""One of the texts that a value may have: a mark to choose it, the text, and who gave it, when and why."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QRadioButton, QWidget

from station.ui import theme
from station.ui.widgets.differing import differing
from station.ui.widgets.labels import label


class Choice(QFrame):
    """`key` is the digit that chooses it. What differs from the other text stands out."""

    def __init__(self, title: str, key: str, inside: QWidget | None = None) -> None:
        super().__init__()
        self._title = title
        self.setProperty("role", "card")
        self.mark = QRadioButton(f"{title} ({key})")
        self.mark.setAccessibleName(title)
        self.text, self.who = label(role="value", wrap=True), label(role="hint", wrap=True)
        self.text.setTextFormat(Qt.TextFormat.RichText)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 8, 12, 8)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(2)
        self._grid.addWidget(self.mark, 0, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(inside or self.text, 0, 1)
        self._grid.addWidget(self.who, 1, 1)
        self._grid.setColumnStretch(1, 1)
        self.mark.setMinimumWidth(130)

    def show_text(self, words: str, beside: str, who: str) -> None:
        """`beside` is the other text."""
        self.text.setText(differing(words, beside, theme.colour("selected").name()))
        self.who.setText(who)
        self.mark.setAccessibleName(f"{self._title}: {words}")
        self.mark.setAccessibleDescription(who)
