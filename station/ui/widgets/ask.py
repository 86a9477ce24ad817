"""A question before something that cannot be undone; the safe answer is the one that Enter gives."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from station.language import Language


def ask(parent: QWidget, language: Language, key: str, **values: object) -> bool:
    """Whether the officer says yes to `<key>`; `<key>_yes` and `<key>_no` are the answers."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setWindowTitle(language("counter.title"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(language(key, **values))
    yes = box.addButton(language(f"{key}_yes"), QMessageBox.ButtonRole.DestructiveRole)
    no = box.addButton(language(f"{key}_no"), QMessageBox.ButtonRole.RejectRole)
    yes.setProperty("role", "danger")
    box.setDefaultButton(no)
    box.setEscapeButton(no)
    box.exec()
    return box.clickedButton() is yes
