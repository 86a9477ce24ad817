"""A line to search in: what was typed is put away by a button that a screen reader can name."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QToolButton


class SearchLine(QLineEdit):
    """`name` says what is searched for, `clear` what its button does."""

    def __init__(self, name: str, clear: str, hint: str = "") -> None:
        super().__init__()
        self.setPlaceholderText(hint or name)
        self.setAccessibleName(name)
        self.setClearButtonEnabled(True)
        for made in self.findChildren(QToolButton):
            made.setAccessibleName(clear)
