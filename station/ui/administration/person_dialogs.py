"""What is typed about a person: somebody new at a station that stands alone, or another passphrase of one's own."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QDialog, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from station.dossier.people import Person, Role
from station.errors import StationError
from station.language import Language
from station.ui.messages import error_text
from station.ui.session import Session
from station.ui.widgets.buttons import button
from station.ui.widgets.labels import label


class AddPersonDialog(QDialog):
    """`person` and the first passphrase, which is replaced at the first sign-in."""

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent)
        say = session.language
        self.name, self.id, self.first = QLineEdit(), QLineEdit(), _secret()
        self.id.setPlaceholderText(say("people.first.person_id_hint"))
        self.first.setPlaceholderText(say("people.first.passphrase_hint"))
        self.roles = {role: QCheckBox(say(f"people.role.{role.value}")) for role in Role}
        self.roles[Role.OFFICER].setChecked(True)
        form = QFormLayout()
        for key, field in (("name", self.name), ("id", self.id), ("first", self.first)):
            field.setAccessibleName(say(f"people.panel.{key}"))
            form.addRow(say(f"people.panel.{key}"), field)
        for place, box in enumerate(self.roles.values()):
            form.addRow("" if place else say("people.panel.roles"), box)
        _frame(self, say("people.panel.add"), form, _buttons(self, say)[0])

    @property
    def person(self) -> Person:
        """As typed; whether it can be used, the deed says."""
        roles = frozenset(role for role, box in self.roles.items() if box.isChecked())
        return Person(self.id.text().strip().lower(), self.name.text().strip(), roles)


class ChangePassphraseDialog(QDialog):
    """Accepted once the passphrase was changed."""

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent)
        self._session, say = session, session.language
        self.old, self.new, self.again = _secret(), _secret(), _secret()
        self.trouble = label(role="error", wrap=True)
        form = QFormLayout()
        for words, field in (
            (say("people.panel.old"), self.old),
            (say("people.first.new"), self.new),
            (say("people.first.again"), self.again),
        ):
            field.setAccessibleName(words)
            form.addRow(words, field)
        form.addRow(self.trouble)
        buttons, self.save = _buttons(self, say)
        self.save.clicked.disconnect()
        self.save.clicked.connect(self._on_save)
        _frame(self, say("people.panel.change"), form, buttons)
        session.locked_changed.connect(lambda locked: self.reject() if locked else None)

    def _on_save(self) -> None:
        say, desk = self._session.language, self._session.desk
        old, new = self.old.text(), self.new.text()
        if not old or not new or new != self.again.text():
            self.trouble.setText(say("counter.unlock.differ"))
            return
        self.save.setEnabled(False)
        change = desk.trust.sign_in.change_passphrase
        self._session.tasks.write(lambda: change(desk.officer, old, new), lambda _none: self.accept(), self._on_failed)

    def _on_failed(self, error: StationError) -> None:
        self.save.setEnabled(True)
        self.trouble.setText(str(error_text(self._session.language, error)))
        self.old.setFocus()


def _secret() -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field


def _buttons(dialog: QDialog, say: Language) -> tuple[QHBoxLayout, QPushButton]:
    save = button(say("people.panel.save"), dialog.accept, "primary")
    save.setDefault(True)
    give_up = button(say("people.second.give_up"), dialog.reject)
    give_up.setAutoDefault(False)
    row = QHBoxLayout()
    row.addStretch()
    row.addWidget(give_up)
    row.addWidget(save)
    return row, save


def _frame(dialog: QDialog, title: str, form: QFormLayout, buttons: QHBoxLayout) -> None:
    dialog.setWindowTitle(title)
    dialog.setMinimumWidth(480)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 20, 24, 16)
    column.setSpacing(12)
    column.addWidget(label(title, "title"))
    column.addLayout(form)
    column.addStretch()
    column.addLayout(buttons)
