"""The first start: a machine becomes a station, in one of three ways. No way has a passphrase that we know."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from station.dossier.people import Person, Role
from station.errors import InputError, StationError
from station.language import Language
from station.ui.messages import error_text
from station.ui.tasks import Tasks
from station.ui.widgets.buttons import button
from station.ui.widgets.deed_dialog import DeedDialog
from station.ui.widgets.labels import label

Begun = TypeVar("Begun")
Begun_co = TypeVar("Begun_co", covariant=True)
MOST_BYTES = 8 << 20


class Way(StrEnum):
    HUB = "hub"
    FILE = "file"
    ALONE = "alone"


class Ways(Protocol[Begun_co]):
    """What makes a station of this machine; each may be tried again."""

    def by_hub(self, url: str, code: str, person_id: str, passphrase: str, new: str) -> Begun_co: ...

    def by_file(self, content: bytes, code: str, person_id: str, passphrase: str, new: str) -> Begun_co: ...

    def alone(self, person: Person, passphrase: str) -> Begun_co: ...


class FirstStartDialog(DeedDialog, Generic[Begun]):
    """Asks until one of the ways has worked; what it returned is then `begun`. Esc gives up."""

    def __init__(self, language: Language, tasks: Tasks, ways: Ways[Begun], hub_url: str = "") -> None:
        super().__init__()
        self._language, self._tasks, self._ways = language, tasks, ways
        self.begun: Begun | None = None
        say = language
        self.setWindowTitle(say("counter.title"))
        self.setMinimumWidth(640)
        self.choices = {way: QRadioButton(say(f"people.first.{way.value}")) for way in Way}
        self.url, self.code, self.file = _line(hub_url), _line(), _line()
        self.name, self.person_id = _line(), _line()
        self.passphrase, self.again, self.new = _line(secret=True), _line(secret=True), _line(secret=True)
        self.pick = button(say("people.first.pick"), self._on_pick, "secondary")
        self.pick.setAutoDefault(False)
        self.trouble = label(role="error", wrap=True)
        self.trouble.hide()
        self.about = label(role="hint", wrap=True)
        self.form = QFormLayout()
        self.form.setVerticalSpacing(8)
        self._rows: dict[QLineEdit, QWidget] = {}
        self._add_rows()
        self.go = button(say("people.first.go"), self._on_go, "primary")
        self.go.setDefault(True)
        self.give_up = button(say("counter.unlock.give_up"), self.reject)
        self.give_up.setAutoDefault(False)
        self._build()
        for choice in self.choices.values():
            choice.toggled.connect(lambda _on: self._show_way())
        self._asks_new = False
        chosen = self.choices[Way.HUB if hub_url else Way.FILE]
        chosen.setChecked(True)
        chosen.setFocus()  # or the arrow keys begin at one that is not chosen

    @property
    def way(self) -> Way:
        return next(way for way, choice in self.choices.items() if choice.isChecked())

    def _add_rows(self) -> None:
        say = self._language
        for field, name in (
            (self.url, "url"),
            (self.file, "file"),
            (self.code, "code"),
            (self.name, "name"),
            (self.person_id, "person_id"),
            (self.passphrase, "passphrase"),
            (self.new, "new"),
            (self.again, "again"),
        ):
            words = say(f"people.first.{name}")
            field.setAccessibleName(words)
            field.setPlaceholderText(say(f"people.first.{name}_hint") if f"people.first.{name}_hint" in say else "")
            row: QWidget = field
            if field is self.file:
                row = QWidget()
                beside = QHBoxLayout(row)
                beside.setContentsMargins(0, 0, 0, 0)
                beside.addWidget(field, 1)
                beside.addWidget(self.pick)
            self._rows[field] = row
            self.form.addRow(words, row)

    def _build(self) -> None:
        say = self._language
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(label(say("people.first.title"), "title"))
        column.addWidget(label(say("people.first.text"), "hint", wrap=True))
        for choice in self.choices.values():
            column.addWidget(choice)
        column.addWidget(self.about)
        column.addLayout(self.form)
        column.addWidget(self.trouble)
        column.addStretch()
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.give_up)
        buttons.addWidget(self.go)
        column.addLayout(buttons)

    def _show_way(self) -> None:
        way = self.way
        self.about.setText(self._language(f"people.first.{way.value}_text"))
        asked = {
            Way.HUB: {self.url, self.code, self.person_id, self.passphrase},
            Way.FILE: {self.file, self.code, self.person_id, self.passphrase},
            Way.ALONE: {self.name, self.person_id, self.passphrase, self.again},
        }[way]
        if self._asks_new and way is not Way.ALONE:
            asked |= {self.new, self.again}
        for field, row in self._rows.items():
            self.form.setRowVisible(row, field in asked)
        self.trouble.hide()
        self.adjustSize()

    def _on_pick(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(self, self._language("people.first.pick"))
        if chosen:
            self.file.setText(chosen)

    def _on_go(self) -> None:
        if self._busy:
            return
        shown = [field for field, row in self._rows.items() if self.form.isRowVisible(row)]
        empty = next((field for field in shown if not field.text().strip()), None)
        if empty is not None:
            self._tell(self._language("people.first.empty"), empty)
            return
        chosen = self.passphrase if self.way is Way.ALONE else self.new
        if self.again in shown and self.again.text() != chosen.text():
            self._tell(self._language("counter.unlock.differ"), self.again)
            return
        self._set_busy(busy=True)
        self._tasks.write(self._deed(), self._on_begun, self._on_failed, self._on_broken)

    def _deed(self) -> Callable[[], Begun]:
        ways, code = self._ways, self.code.text()
        who, passphrase, new = self.person_id.text().strip().lower(), self.passphrase.text(), self.new.text()
        if self.way is Way.HUB:
            url = self.url.text().strip()
            return lambda: ways.by_hub(url, code, who, passphrase, new)
        if self.way is Way.FILE:
            file = Path(self.file.text())
            return lambda: ways.by_file(_read(file), code, who, passphrase, new)
        person = Person(who, self.name.text().strip(), frozenset(Role))
        return lambda: ways.alone(person, passphrase)

    def _on_begun(self, begun: Begun) -> None:
        self._set_busy(busy=False)
        self.begun = begun
        self.accept()

    def _on_failed(self, error: StationError) -> None:
        self._set_busy(busy=False)
        if error.code == "people.change_first":
            self._asks_new = True
            self._show_way()
            self._tell(self._language("people.sign_in.choose"), self.new)
        else:
            self._tell(str(error_text(self._language, error)), self.passphrase)

    def _on_broken(self) -> None:
        """A bug is told and logged elsewhere; here it can be tried again, or given up."""
        self._set_busy(busy=False)
        self._tell(self._language("counter.unlock.broken"), self.passphrase)

    def _tell(self, text: str, field: QLineEdit) -> None:
        self.trouble.setText(text)
        self.trouble.show()
        self.adjustSize()
        field.setFocus()
        field.selectAll()


def _line(text: str = "", *, secret: bool = False) -> QLineEdit:
    line = QLineEdit(text)
    if secret:
        line.setEchoMode(QLineEdit.EchoMode.Password)
    return line


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES)
    except OSError as error:
        raise InputError("file.missing", file=file.name) from error
