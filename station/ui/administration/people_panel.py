"""«Người làm việc»: who is on the station's list, in which roles, and until when the list holds."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout

from station.actions.permits import Deed
from station.clock import SystemClock
from station.dossier.people import Person
from station.ui.administration.panel import Panel
from station.ui.session import Session
from station.ui.widgets.labels import label
from station.ui.widgets.rows import Row, RowList


class PeoplePanel(Panel):
    title_key = "administration.people"
    deeds: ClassVar[frozenset[Deed]] = frozenset({Deed.ENROL, Deed.CHANGE_PEOPLE, Deed.UNLOCK_PERSON})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._clock = SystemClock()
        self.about = label(role="hint", wrap=True)
        self.list = RowList()
        self.list.setAccessibleName(self.language(self.title_key))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(self.language(self.title_key), "subtitle"))
        column.addWidget(self.about)
        column.addWidget(self.list, 1)

    def enter(self) -> None:
        roster, say = self.session.desk.trust.attendance.roster, self.language
        days = roster.days_left(self._clock.now())
        if days is None:
            self.about.setText(say("people.roster.stands_alone", station=roster.station))
        else:
            self.about.setText(
                say("people.roster.expires", station=roster.station, day=f"{roster.expires_at:%d/%m/%Y}", days=days)
            )
        self.list.rows.show_rows([self._row(one) for one in roster.people])
        self.list.setFocus()

    def _row(self, person: Person) -> Row:
        roles = ", ".join(self.language(f"people.role.{role.value}") for role in sorted(person.roles))
        return Row(person.name, f"{person.id}  ·  {roles}", None, person)
