"""What is typed about somebody new at a station that stands alone."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from station.dossier.people import Person, Role
from station.language import Language
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
        _frame(self, say("people.panel.add"), form, _buttons(self, say))

    @property
    def person(self) -> Person:
        """As typed; whether it can be used, the deed says."""
        roles = frozenset(role for role, box in self.roles.items() if box.isChecked())
        return Person(self.id.text().strip().lower(), self.name.text().strip(), roles)


def _secret() -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    return field


def _buttons(dialog: QDialog, say: Language) -> QHBoxLayout:
    save = button(say("people.panel.save"), dialog.accept, "primary")
    save.setDefault(True)
    give_up = button(say("people.second.give_up"), dialog.reject)
    give_up.setAutoDefault(False)
    row = QHBoxLayout()
    row.addStretch()
    row.addWidget(give_up)
    row.addWidget(save)
    return row


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
