"""«Mật khẩu của tôi»: whoever sits here chooses another passphrase, and it opens the store from then on."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout

from station.actions.permits import Deed
from station.errors import StationError, StoreError
from station.ui.administration.panel import Panel
from station.ui.messages import error_text
from station.ui.session import Session
from station.ui.widgets.buttons import button
from station.ui.widgets.labels import label, set_role


class PassphrasePanel(Panel):
    """The present one is asked first: somebody may have walked up to a screen that was left open."""

    title_key = "administration.passphrase"
    deeds: ClassVar[frozenset[Deed]] = frozenset({Deed.SERVE, Deed.CHANGE_KEYS})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        say = self.language
        self.present, self.new, self.again = (QLineEdit() for _ in range(3))
        self.told = label(wrap=True)
        self.change = button(say("key_slots.passphrase.change"), self._on_change, "primary")
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for line, name in ((self.present, "present"), (self.new, "new"), (self.again, "again")):
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.setAccessibleName(say(f"key_slots.passphrase.{name}"))
            line.returnPressed.connect(self.change.click)
            form.addRow(say(f"key_slots.passphrase.{name}"), line)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.change)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(say(self.title_key), "subtitle"))
        column.addWidget(label(say("key_slots.passphrase.about"), "hint", wrap=True))
        column.addLayout(form)
        column.addWidget(self.told)
        column.addStretch()
        column.addLayout(buttons)

    def enter(self) -> None:
        self._clear()
        self.told.clear()
        self.present.setFocus()

    def leave(self) -> None:
        self._clear()

    def _on_change(self) -> None:
        if self.new.text() != self.again.text():
            self._on_failed(StoreError("keys.not_repeated"))
            return
        desk, present, new = self.session.desk, self.present.text(), self.new.text()
        self.change.setEnabled(False)
        self.session.tasks.write(
            lambda: desk.trust.sign_in.change_passphrase(desk.officer, present, new), self._on_changed, self._on_failed
        )

    def _on_changed(self, _none: None) -> None:
        self.change.setEnabled(True)
        self._clear()
        set_role(self.told, "ok")
        self.told.setText(self.language("key_slots.passphrase.changed"))

    def _on_failed(self, error: StationError) -> None:
        self.change.setEnabled(True)
        set_role(self.told, "error")
        self.told.setText(str(error_text(self.language, error)))
        self.present.setFocus()

    def _clear(self) -> None:
        for line in (self.present, self.new, self.again):
            line.clear()
