"""Typing Vietnamese the way an input method (Telex, VNI) delivers it."""

from __future__ import annotations

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget


def type_into(field: QWidget, text: str) -> None:
    """Commit the text into the field, letter after letter."""
    field.setFocus()
    for letter in text:
        event = QInputMethodEvent()
        event.setCommitString(letter)
        QApplication.sendEvent(field, event)
