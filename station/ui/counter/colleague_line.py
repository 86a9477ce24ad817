"""A line for the name of a colleague: those who work at this station are offered while one types."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit

from station.actions.desk import Desk
from station.dossier.people import Person, Role
from station.dossier.text import exact
from station.language import Language

ID = Qt.ItemDataRole.UserRole


def colleagues(desk: Desk) -> list[Person]:
    """Who else serves citizens at this station."""
    offered = desk.trust.sign_in.offered()
    return [one for one in offered if one.has(Role.OFFICER, Role.SUPERVISOR) and one.id != desk.officer]


class ColleagueLine(QLineEdit):
    """Holds how somebody is called in the queues; another station's people are typed, as nobody here knows them."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._offered: tuple[Person, ...] = ()
        self._model = QStandardItemModel(self)
        completer = _ById(self._model, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)

    def offer(self, people: Iterable[Person]) -> None:
        """These, by name."""
        self._offered = tuple(sorted(people, key=lambda one: one.name))
        self._model.clear()
        for person in self._offered:
            item = QStandardItem(self._language("people.sign_in.person", name=person.name, id=person.id))
            item.setData(person.id, ID)
            self._model.appendRow(item)

    @property
    def colleague(self) -> str:
        """Of one of those offered their id, also where the name was typed; else what was typed."""
        typed = exact(self.text())
        named = [one.id for one in self._offered if typed.casefold() in (one.name.casefold(), one.id.casefold())]
        return named[0] if len(named) == 1 else typed

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down shows everybody before a letter is typed."""
        if event.key() == Qt.Key.Key_Down and not self.text():
            self.completer().setCompletionPrefix("")
            self.completer().complete()
        else:
            super().keyPressEvent(event)


class _ById(QCompleter):
    """The list tells names, the line takes the id."""

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(ID))
