"""«Người làm việc»: who is on the station's list and until when; a new list, a lock-out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from PySide6.QtWidgets import QFileDialog, QVBoxLayout

from station.actions.permits import Deed
from station.dossier.people import Person, Roster
from station.errors import InputError, StationError
from station.ui.administration.add_person_dialog import AddPersonDialog
from station.ui.administration.panel import Panel
from station.ui.messages import error_text
from station.ui.second_person import ask_second
from station.ui.session import Session
from station.ui.widgets.ask import ask
from station.ui.widgets.buttons import button
from station.ui.widgets.flow import FlowRow
from station.ui.widgets.labels import label, set_role
from station.ui.widgets.rows import Row, RowList

MOST_BYTES = 8 << 20


class PeoplePanel(Panel):
    title_key = "administration.people"
    deeds: ClassVar[frozenset[Deed]] = frozenset({Deed.ENROL, Deed.CHANGE_PEOPLE, Deed.UNLOCK_PERSON})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        say = self.language
        self.about, self.told = label(role="hint", wrap=True), label(wrap=True)
        self.list = RowList()
        self.list.setAccessibleName(say(self.title_key))
        self.take_file = button(say("people.panel.take_file"), self._on_take_file)
        self.extend = button(say("people.panel.extend"), self._on_extend)
        self.unlock = button(say("people.panel.unlock"), self._on_unlock)
        self.add = button(say("people.panel.add"), self._on_add)
        self.remove = button(say("people.panel.remove"), self._on_remove, "danger")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(say(self.title_key), "subtitle"))
        column.addWidget(self.about)
        column.addWidget(self.list, 1)
        column.addWidget(self.told)
        column.addWidget(FlowRow(self.unlock, self.remove, self.add, self.take_file, self.extend))
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._show_deeds())

    def enter(self) -> None:
        self._tell("", "hint")
        self._show()
        self.list.setFocus()

    def leave(self) -> None:
        self._tell("", "hint")

    @property
    def picked(self) -> Person | None:
        picked = self.list.picked()
        return picked if isinstance(picked, Person) else None

    def _show(self) -> None:
        trust, say = self.session.desk.trust, self.language
        roster, state = trust.attendance.roster, trust.sign_in.roster_state()
        if state.expires_at is None:
            told = say("people.roster.stands_alone", station=roster.station)
        elif state.expired:
            told = say("people.roster.expired", day=f"{state.expires_at:%d/%m/%Y}")
        else:
            day = f"{state.expires_at:%d/%m/%Y}"
            told = say("people.roster.expires", station=roster.station, day=day, days=state.days_left)
        version = say("people.roster.version", version=roster.version, day=f"{roster.issued_at:%d/%m/%Y}")
        self.about.setText(f"{told} {version}")
        set_role(self.about, "warning" if state.expired or state.warn else "hint")
        before = self.picked
        self.list.rows.show_rows([self._row(one) for one in roster.people])
        if not (before and self.list.pick(before)):
            self.list.setCurrentIndex(self.list.rows.index(0))
        self._show_deeds()

    def _row(self, person: Person) -> Row:
        say = self.language
        parts = [person.id, ", ".join(say(f"people.role.{role.value}") for role in sorted(person.roles))]
        if person.valid_to:
            parts.append(say("people.panel.until", day=f"{person.valid_to:%d/%m/%Y}"))
        if person.credentials:
            parts.append(say("people.panel.key"))
        locked = self.session.desk.trust.sign_in.attempts(person.id).locked
        if locked:
            parts.append(say("people.panel.locked"))
        return Row(person.name, "  ·  ".join(parts), "mark-warning" if locked else None, person)

    def _show_deeds(self) -> None:
        trust, person = self.session.desk.trust, self.picked
        alone, may = trust.people.stands_alone, trust.permits.may
        other = person is not None and person.id != trust.attendance.officer
        self.unlock.setVisible(may(Deed.UNLOCK_PERSON))
        self.unlock.setEnabled(other and person is not None and trust.sign_in.attempts(person.id).failures > 0)
        for deed in (self.add, self.remove):
            deed.setVisible(alone and may(Deed.CHANGE_PEOPLE))
        self.remove.setEnabled(other)
        self.take_file.setVisible(not alone and may(Deed.ENROL))
        self.extend.setVisible(trust.sign_in.roster_state().expired and may(Deed.EXTEND_ROSTER))

    def _on_take_file(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(self, self.language("people.panel.take_file"))
        if chosen:
            desk = self.session.desk
            self._do(
                lambda: desk.trust.people.take_file(_read(Path(chosen)), desk.officer),
                lambda roster: self.language("people.panel.take_file_done", version=roster.version),
            )

    def _on_extend(self) -> None:
        desk, second = self.session.desk, ask_second(self, self.session, Deed.EXTEND_ROSTER)
        if second is not None:
            self._do(lambda: desk.trust.people.extend(desk.officer, second), self._extended)

    def _extended(self, roster: Roster) -> str:
        return self.language("people.panel.extend_done", day=f"{roster.expires_at:%d/%m/%Y}")

    def _on_unlock(self) -> None:
        desk, person = self.session.desk, self.picked
        if person is not None:
            self._do(
                lambda: desk.trust.people.unlock(person.id, desk.officer),
                lambda _none: self.language("people.panel.unlock_done", name=person.name),
            )

    def _on_add(self) -> None:
        dialog = AddPersonDialog(self, self.session)
        if dialog.exec() != AddPersonDialog.DialogCode.Accepted:
            return
        desk, person, first = self.session.desk, dialog.person, dialog.first.text()
        second = ask_second(self, self.session, Deed.CHANGE_PEOPLE)
        if second is not None:
            self._do(
                lambda: desk.trust.people.add(person, first, desk.officer, second),
                lambda _roster: self.language("people.panel.add_done", name=person.name),
            )

    def _on_remove(self) -> None:
        desk, person = self.session.desk, self.picked
        if person is None or not ask(self, self.language, "people.panel.remove_ask", name=person.name):
            return
        second = ask_second(self, self.session, Deed.CHANGE_PEOPLE)
        if second is not None:
            self._do(
                lambda: desk.trust.people.remove(person.id, desk.officer, second),
                lambda _roster: self.language("people.panel.remove_done", name=person.name),
            )

    def _do(self, deed: Callable[[], object], words: Callable[..., str]) -> None:
        def done(result: object) -> None:
            self._show()
            self._tell(words(result), "ok")

        self.session.tasks.write(deed, done, self._on_failed)

    def _on_failed(self, error: StationError) -> None:
        self._tell(str(error_text(self.language, error)), "error")

    def _tell(self, text: str, role: str) -> None:
        self.told.setText(text)
        self.told.setVisible(bool(text))
        set_role(self.told, role)


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES)
    except OSError as error:
        raise InputError("file.missing", file=file.name) from error
