"""The program cannot be opened: one calm dialog that says why and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from station.language import ErrorText, Language


def tell(language: Language, text: ErrorText) -> None:
    """Show the sentence and the next step until it is put away."""
    box = QMessageBox()
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle(language("counter.title"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text.sentence)
    box.setInformativeText(text.remedy)
    box.exec()
