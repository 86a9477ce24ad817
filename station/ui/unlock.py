"""At the start, where the machine does not open the store by itself: somebody's passphrase does, before any window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout

from station.errors import StationError
from station.language import Language
from station.ui.messages import error_text
from station.ui.tasks import Tasks
from station.ui.widgets.buttons import button
from station.ui.widgets.deed_dialog import DeedDialog
from station.ui.widgets.labels import label

Opened = TypeVar("Opened")


class UnlockDialog(DeedDialog, Generic[Opened]):
    """Asks until `opens(person, passphrase)` returns; what it returned is then `opened`. Esc gives up.

    `opens` runs off the screen's thread, because stretching a passphrase takes a moment; what it raises is told.
    """

    def __init__(
        self, language: Language, tasks: Tasks, opens: Callable[[str, str], Opened], people: Sequence[str] = ()
    ) -> None:
        """`people` are the ids of those whose passphrase opens; none: there is one passphrase for the station."""
        super().__init__()
        self._language, self._tasks, self._opens = language, tasks, opens
        self.opened: Opened | None = None
        self.setWindowTitle(language("counter.title"))
        self.setMinimumWidth(480)
        self.who, self.passphrase = QComboBox(), _secret()
        self.who.addItems(list(people))
        self.who.setAccessibleName(language("people.sign_in.who"))
        self.passphrase.setAccessibleName(language("counter.unlock.passphrase"))
        self.shown = QCheckBox(language("counter.unlock.show"))
        self.shown.toggled.connect(self._on_shown)
        self.trouble = label(role="error", wrap=True)
        self.trouble.hide()
        form = QFormLayout()
        form.setVerticalSpacing(10)
        if people:
            form.addRow(language("people.sign_in.who"), self.who)
        form.addRow(language("counter.unlock.passphrase"), self.passphrase)
        form.addRow("", self.shown)
        self.go = button(language("counter.unlock.enter_go"), self._on_go, "primary")
        self.go.setDefault(True)
        give_up = button(language("counter.unlock.give_up"), self.reject)
        give_up.setAutoDefault(False)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(give_up)
        buttons.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(label(language("counter.unlock.enter_title"), "title"))
        text = "people.sign_in.unlock_text" if people else "counter.unlock.enter_text"
        column.addWidget(label(language(text), "hint", wrap=True))
        column.addLayout(form)
        column.addWidget(self.trouble)
        column.addStretch()
        column.addLayout(buttons)
        self.passphrase.setFocus()  # a name is picked already: what is typed at once is no name

    def _on_shown(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.passphrase.setEchoMode(mode)

    def _on_go(self) -> None:
        typed = self.passphrase.text()
        if self._busy or not typed:
            return
        self._set_busy(busy=True)
        who = self.who.currentText()
        self._tasks.write(lambda: self._opens(who, typed), self._on_opened, self._on_failed, self._on_broken)

    def _on_opened(self, opened: Opened) -> None:
        self._set_busy(busy=False)
        self.opened = opened
        self.accept()

    def _on_failed(self, error: StationError) -> None:
        self._set_busy(busy=False)
        self._tell(str(error_text(self._language, error)))
        self.passphrase.selectAll()
        self.passphrase.setFocus()

    def _on_broken(self) -> None:
        """A bug is told and logged elsewhere; here it can be tried again."""
        self._set_busy(busy=False)
        self._tell(self._language("counter.unlock.broken"))
        self.passphrase.setFocus()

    def _set_busy(self, *, busy: bool) -> None:
        super()._set_busy(busy=busy)
        self.passphrase.setReadOnly(busy)

    def _tell(self, text: str) -> None:
        self.trouble.setText(text)
        self.trouble.show()
        self.adjustSize()  # or the fields above give way


def _secret() -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field
