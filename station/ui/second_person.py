"""Four eyes: a second person chooses their name and enters their own passphrase, in front of the first."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from station.actions.permits import Deed
from station.errors import StationError
from station.ui.messages import error_text
from station.ui.session import Session
from station.ui.widgets.buttons import button
from station.ui.widgets.deed_dialog import DeedDialog
from station.ui.widgets.labels import label


def ask_second(parent: QWidget, session: Session, deed: Deed) -> str | None:
    """The second person's id, for the deed; empty where one person is enough; None: it is not to be done."""
    if not session.desk.trust.four_eyes.asked(deed):
        return ""
    dialog = SecondPersonDialog(parent, session, deed)
    return dialog.second if dialog.exec() == QDialog.DialogCode.Accepted else None


class SecondPersonDialog(DeedDialog):
    """`second` is who vouched, once the dialog was accepted. Esc gives up."""

    def __init__(self, parent: QWidget, session: Session, deed: Deed) -> None:
        super().__init__(parent)
        self._session, self._language, self._deed = session, session.language, deed
        self.second: str | None = None
        say, trust = self._language, session.desk.trust
        self.setWindowTitle(say("people.second.title"))
        self.setMinimumWidth(480)
        self.who, self.passphrase = QComboBox(), QLineEdit()
        self.who.setAccessibleName(say("people.sign_in.who"))
        for person in trust.four_eyes.seconds(deed):
            self.who.addItem(say("people.sign_in.person", name=person.name, id=person.id), person.id)
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setPlaceholderText(say("counter.unlock.passphrase"))
        self.passphrase.setAccessibleName(say("counter.unlock.passphrase"))
        self.trouble = label(role="error", wrap=True)
        self.go = button(say("people.second.go"), self._on_go, "primary")
        self.go.setDefault(True)
        give_up = button(say("people.second.give_up"), self.reject)
        give_up.setAutoDefault(False)
        text = say("people.second.text", deed=say(f"people.deed.{deed.value}"), officer=trust.attendance.officer_name)
        possible = self.who.count() > 0
        for part in (self.who, self.passphrase, self.go):
            part.setEnabled(possible)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(label(say("people.second.title"), "title"))
        column.addWidget(label(text if possible else say("people.second.nobody"), "hint", wrap=True))
        column.addWidget(self.who)
        column.addWidget(self.passphrase)
        column.addWidget(self.trouble)
        column.addStretch()
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(give_up)
        buttons.addWidget(self.go)
        column.addLayout(buttons)
        self.passphrase.setFocus()
        session.locked_changed.connect(self._on_locked)

    def _on_go(self) -> None:
        typed, who = self.passphrase.text(), str(self.who.currentData() or "")
        if self._busy or not typed or not who:
            return
        self._set_busy(busy=True)
        vouch = self._session.desk.trust.four_eyes.vouch
        self._session.tasks.write(
            lambda: vouch(self._deed, who, typed), self._on_vouched, self._on_failed, self._on_broken
        )

    def _on_vouched(self, second: str) -> None:
        self._set_busy(busy=False)
        self.second = second
        self.accept()

    def _on_failed(self, error: StationError) -> None:
        self._set_busy(busy=False)
        self._tell(str(error_text(self._language, error)))

    def _on_broken(self) -> None:
        """A bug is told and logged elsewhere; here it can be tried again, or given up."""
        self._set_busy(busy=False)
        self._tell(self._language("counter.unlock.broken"))

    def _tell(self, text: str) -> None:
        self.trouble.setText(text)
        self.passphrase.clear()
        self.passphrase.setFocus()

    def _on_locked(self, locked: bool) -> None:
        """The screens were hidden: nothing of the deed stays in front of them."""
        if locked:
            self._busy = False
            self.reject()
