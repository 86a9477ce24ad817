"""The table behind the list of all dossiers: one row each, in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from station.actions.ports.province import Connection
from station.actions.ports.rules import Procedures
from station.clock import VIETNAM
from station.dossier.dossier import State
from station.dossier.queue import Queue
from station.dossier.summary import Summary
from station.dossier.why_stuck import Why, why
from station.errors import RuleError
from station.language import Language
from station.ui import theme
from station.ui.counter.queue_words import moment_words, sign_of, state_words
from station.ui.province.why_words import why_sentence

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
COLUMNS = ("number", "hub_number", "procedure", "person", "time", "state")


class DossierTable(QAbstractTableModel):
    """One row a dossier, in the order of the view."""

    def __init__(self, language: Language, procedures: Procedures, officer: str, connection: Connection) -> None:
        super().__init__()
        self._language, self._procedures, self.officer = language, procedures, officer
        self._connection = connection
        self._queue, self._now = Queue.ALL, datetime.min.replace(tzinfo=VIETNAM)
        self.found: Sequence[Summary] = ()

    def show_found(self, found: Sequence[Summary], queue: Queue, now: datetime) -> None:
        """Replace what is listed. Where the same dossiers are listed again, the selection stays."""
        same = [one.id for one in found] == [one.id for one in self.found]
        if not same:
            self.beginResetModel()
        self.found, self._queue, self._now = found, queue, now
        if not same:
            self.endResetModel()
        elif found:
            self.dataChanged.emit(self.index(0, 0), self.index(len(found) - 1, len(COLUMNS) - 1))

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.found)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._language(f"counter.home.column_{COLUMNS[section]}")
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        one, column = self.found[index.row()], COLUMNS[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole and column == "state" and not one.case.returned:
            told = self.why_of(one)
            return why_sentence(told, self._now, self._language) if told else self._text(one, column)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(one, column)
        if role == Qt.ItemDataRole.DecorationRole and column == "state":
            return theme.icon(f"state-{sign_of(one)}")
        return None

    def _text(self, one: Summary, column: str) -> str:
        if column == "number":
            return one.number or self._language("counter.home.no_number")
        if column == "hub_number":
            return one.hub_number or self._language("counter.home.no_number")
        if column == "procedure":
            return self._short_name(one.procedure_code)
        if column == "person":
            return one.person_name or self._language("counter.home.no_person")
        if column == "time":
            return moment_words(one.sealed_at or one.opened_at, self._now)
        return state_words(one, self._queue, self.officer, self._now, self._language, self.why_of(one))

    def why_of(self, one: Summary) -> Why | None:
        """What keeps a sealed dossier from having arrived, as the line knows it now."""
        if one.state is not State.SEALED or one.progress is None:
            return None
        return why(self._connection.seen(one.progress), self._connection.link(), self._now)

    def _short_name(self, code: str) -> str:
        try:
            return self._procedures.get(code).short_name
        except RuleError:
            return code
