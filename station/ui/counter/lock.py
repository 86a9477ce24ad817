"""In front of everything while the officer is away: nothing of any dossier can be seen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from station.errors import StationError
from station.ui.messages import error_text
from station.ui.session import Session
from station.ui.widgets.buttons import button
from station.ui.widgets.icon_label import IconLabel
from station.ui.widgets.labels import label

Unlock = Callable[[str], bool]
"""Whether this is the passphrase; called off the screen's thread."""


class LockPage(QWidget):
    """Asks for the passphrase where there is one, else only for a key."""

    def __init__(self, session: Session, unlock: Unlock | None) -> None:
        super().__init__()
        self._session, self._language, self._unlock = session, session.language, unlock
        self.setObjectName("lock")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        sign = IconLabel("lock-large", 48)
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setPlaceholderText(self._language("counter.unlock.passphrase"))
        self.passphrase.setAccessibleName(self._language("counter.unlock.passphrase"))
        self.passphrase.setVisible(unlock is not None)
        self.go = button(self._language("counter.lock.unlock"), self._try, "secondary", "Enter")
        self.trouble = label(role="error", wrap=True)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addWidget(sign)
        column.addWidget(label(self._language("counter.lock.title"), "title"))
        text = "text" if unlock else "text_without"
        column.addWidget(label(self._language(f"counter.lock.{text}"), "hint", wrap=True))
        column.addSpacing(8)
        column.addWidget(self.passphrase)
        column.addWidget(self.go)
        column.addWidget(self.trouble)
        box = QWidget()
        box.setLayout(column)
        box.setFixedWidth(420)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(box)
        row.addStretch()
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(row)
        outer.addStretch(3)

    def enter(self) -> None:
        """Come to the front, empty."""
        self.passphrase.clear()
        self.trouble.setText("")
        (self.passphrase if self._unlock else self.go).setFocus()

    def _try(self) -> None:
        unlock, typed = self._unlock, self.passphrase.text()
        if unlock is None:
            self._session.lock(locked=False)
        elif typed and self.go.isEnabled():
            self.go.setEnabled(False)
            self._session.tasks.look(lambda: unlock(typed), self._on_tried, self._on_failed)

    def _on_tried(self, right: bool) -> None:
        self.go.setEnabled(True)
        if right:
            self.passphrase.clear()
            self._session.lock(locked=False)
        else:
            self._tell(self._language("counter.lock.wrong"))

    def _on_failed(self, error: StationError) -> None:
        self.go.setEnabled(True)
        self._tell(str(error_text(self._language, error)))

    def _tell(self, text: str) -> None:
        self.trouble.setText(text)
        self.passphrase.selectAll()
        self.passphrase.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._try()
        else:
            super().keyPressEvent(event)
