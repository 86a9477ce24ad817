"""What stands where nothing is yet: what this place is for and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from station.ui.widgets.labels import label


class EmptyState(QFrame):
    """Two lines in the middle of an empty place."""

    def __init__(self, sentence: str = "", next_step: str = "") -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._sentence, self._next = label(role="subtitle", wrap=True), label(role="hint", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(40, 24, 40, 24)
        column.setSpacing(6)
        column.addStretch(2)
        for text in (self._sentence, self._next):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(text)
        column.addStretch(3)
        self.tell(sentence, next_step)

    def tell(self, sentence: str, next_step: str) -> None:
        """Say something else."""
        self._sentence.setText(sentence)
        self._next.setText(next_step)
        self.setAccessibleName(f"{sentence} {next_step}".strip())
