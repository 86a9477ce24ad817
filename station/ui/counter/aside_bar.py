"""The open dossier is put aside: parked with a note, or handed over to another officer."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit

from station.actions.hand_over import LONGEST_NAME
from station.actions.park_dossier import LONGEST_NOTE
from station.dossier.people import Person
from station.language import Language
from station.ui.counter.colleague_line import ColleagueLine
from station.ui.widgets.buttons import button
from station.ui.widgets.labels import label


class AsideBar(QFrame):
    """A line above the step: Enter does it, Esc puts the bar away, and the work stays where it is meanwhile."""

    parked = Signal(str)  # note
    handed = Signal(str, str)  # to whom, note
    put_away = Signal()

    def __init__(self, language: Language, colleagues: Callable[[], Iterable[Person]]) -> None:
        """`colleagues` are those whom a dossier can be handed to at this station."""
        super().__init__()
        self._language, self._colleagues, self._handing = language, colleagues, False
        self.setObjectName("aside")
        self.title = label(role="subtitle")
        self.to, self.note = ColleagueLine(language), QLineEdit()
        for field, name, longest in ((self.to, "to", LONGEST_NAME), (self.note, "note", LONGEST_NOTE)):
            field.setPlaceholderText(language(f"aside.{name}"))
            field.setAccessibleName(language(f"aside.{name}"))
            field.setMaxLength(longest)
        self.confirm = button(language("aside.confirm"), self._on_confirm, "primary", "Enter")
        self.give_up = button(language("aside.give_up"), self.clear, "secondary", "Esc")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(10)
        row.addWidget(self.title)
        row.addWidget(self.to, 2)
        row.addWidget(self.note, 3)
        row.addWidget(self.confirm)
        row.addWidget(self.give_up)
        self.hide()

    def ask(self, *, hand_over: bool) -> None:
        """Come to the front, empty, with the keyboard."""
        self._handing = hand_over
        words = self._language("aside.hand_over_title" if hand_over else "aside.park_title")
        self.title.setText(words)
        self.setAccessibleName(words)
        self.to.clear()
        self.note.clear()
        self.to.offer(self._colleagues() if hand_over else ())
        self.to.setVisible(hand_over)
        self.show()
        (self.to if hand_over else self.note).setFocus()

    def clear(self) -> None:
        """Go away, with nothing left of what was typed."""
        asked = self.isVisible()
        self.to.clear()
        self.note.clear()
        self.hide()
        if asked:
            self.put_away.emit()

    def _on_confirm(self) -> None:
        to, note = self.to.colleague, self.note.text()
        if self._handing:
            self.handed.emit(to, note)
        else:
            self.parked.emit(note)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.give_up.hasFocus():
                self.clear()
            else:
                self._on_confirm()
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
        else:
            super().keyPressEvent(event)
