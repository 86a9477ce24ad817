"""In front of everything while nobody sits here, or who does is away: nothing of any dossier can be seen.

Who comes back goes on where they were. Who else comes takes over: the dossier stands where it stood, half-typed words
too, and is theirs from then on.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from station.dossier.people import Person, Role
from station.errors import StationError
from station.ui.messages import error_text
from station.ui.session import Session
from station.ui.widgets.buttons import button
from station.ui.widgets.icon_label import IconLabel
from station.ui.widgets.labels import label

WIDTH = 440


class LockPage(QWidget):
    """A name and a passphrase; two more lines where a passphrase of one's own is to be chosen."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._language = session, session.language
        self._waiting = False
        self.setObjectName("lock")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        say = self._language
        self.title, self.text = label(role="title"), label(role="hint", wrap=True)
        self.who = QComboBox()
        self.who.setAccessibleName(say("people.sign_in.who"))
        self.who.currentIndexChanged.connect(lambda _place: self._ask_new(asked=False))
        self.passphrase = _secret(say("counter.unlock.passphrase"))
        self.new, self.again = _secret(say("people.sign_in.new")), _secret(say("people.sign_in.again"))
        self.go = button(say("people.sign_in.go"), self._try, "primary", "Enter")
        self.notice, self.trouble = label(role="warning", wrap=True), label(role="error", wrap=True)
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addWidget(IconLabel("lock-large", 48))
        column.addWidget(self.title)
        column.addWidget(self.text)
        column.addSpacing(6)
        for part in (self.who, self.passphrase, self.new, self.again, self.go, self.trouble, self.notice):
            column.addWidget(part)
        box = QWidget()
        box.setLayout(column)
        box.setFixedWidth(WIDTH)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(box)
        row.addStretch()
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(row)
        outer.addStretch(3)
        session.scanning_changed.connect(self._on_scanning_changed)
        self._ask_new(asked=False)

    @property
    def asked(self) -> Person | None:
        """Whose name is picked."""
        picked = self.who.currentData()
        return picked if isinstance(picked, Person) else None

    def enter(self) -> None:
        """Come to the front, empty."""
        self._waiting = False
        self._ask_new(asked=False)
        self._tell("")
        self._show_words()
        self._show_people()
        self.passphrase.setFocus()

    def _show_words(self) -> None:
        say, trust = self._language, self._session.desk.trust
        here = trust.attendance.person
        words = "locked" if here else "sign_in"
        self.title.setText(say(f"people.{words}.title"))
        kept = "_kept" if self._session.dossier is not None and not here else ""
        self.text.setText(say(f"people.{words}.text{kept}", name=here.name if here else ""))
        self.notice.setText(self._roster_words())
        self.notice.setVisible(bool(self.notice.text()))

    def _roster_words(self) -> str:
        """When the list of people ends, in time to do something about it."""
        state = self._session.desk.trust.sign_in.roster_state()
        if state.expired:
            return self._language("people.roster.expired", day=f"{state.expires_at:%d/%m/%Y}")
        if state.warn:
            return self._language("people.roster.soon", day=f"{state.expires_at:%d/%m/%Y}", days=state.days_left)
        return ""

    def _show_people(self) -> None:
        trust = self._session.desk.trust
        before = self.asked.id if self.asked else ""
        offered = trust.sign_in.offered()
        wanted = trust.attendance.officer or before
        if not trust.attendance.officer and trust.sign_in.roster_state().expired:
            # nobody else is let in until another list has come
            able = [person.id for person in offered if person.has(Role.IT)]
            wanted = wanted if wanted in able else next(iter(able), wanted)
        self.who.blockSignals(True)
        self.who.clear()
        for person in offered:
            self.who.addItem(self._language("people.sign_in.person", name=person.name, id=person.id), person)
            if person.id == wanted:
                self.who.setCurrentIndex(self.who.count() - 1)
        self.who.blockSignals(False)

    def _ask_new(self, *, asked: bool) -> None:
        for field in (self.new, self.again):
            field.clear()
            field.setVisible(asked)
        if not asked:
            self.passphrase.clear()

    def _try(self) -> None:
        person, typed, new = self.asked, self.passphrase.text(), self.new.text()
        if person is None or not typed or not self.go.isEnabled():
            return
        if self.new.isVisible() and (not new or new != self.again.text()):
            self._tell(self._language("counter.unlock.differ"), self.new)
            return
        if self._session.scanning and person.id != self._session.desk.officer:
            self._waiting = True  # the sheet that is in the feeder is still taken in the name of who laid it there
            self._session.cancel_scan()
            self._tell(self._language("people.sign_in.scanner"), self.passphrase)
            return
        self.go.setEnabled(False)
        sign_in = self._session.desk.trust.sign_in
        self._session.tasks.write(
            lambda: sign_in(person.id, typed, new), self._on_signed_in, self._on_failed, self._on_broken
        )

    def _on_scanning_changed(self, scanning: bool) -> None:
        if self._waiting and not scanning:
            self._waiting = False
            self._try()

    def _on_signed_in(self, _person: Person) -> None:
        self.go.setEnabled(True)
        self._ask_new(asked=False)
        self._tell("")
        self._session.seat_taken()

    def _on_failed(self, error: StationError) -> None:
        self.go.setEnabled(True)
        if error.code == "people.change_first":
            self._ask_new(asked=True)
            self._tell(self._language("people.sign_in.choose"), self.new)
            return
        self._tell(str(error_text(self._language, error)), self.new if self.new.text() else self.passphrase)

    def _on_broken(self) -> None:
        """A bug is told and logged elsewhere; here it can be tried again."""
        self.go.setEnabled(True)
        self._tell(self._language("counter.unlock.broken"), self.passphrase)

    def _tell(self, text: str, field: QLineEdit | None = None) -> None:
        """What went wrong, and where to type it anew; no words, no room for them."""
        self.trouble.setText(text)
        self.trouble.setVisible(bool(text))
        if field:
            field.selectAll()
            field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._try()
        else:
            super().keyPressEvent(event)


def _secret(words: str) -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setPlaceholderText(words)
    field.setAccessibleName(words)
    return field
