"""The table behind the list of all dossiers, and the words for where each one stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from station.actions.ports import Procedures
from station.clock import VIETNAM
from station.dossier.delivery import Delivery
from station.dossier.dossier import State
from station.dossier.summary import Summary
from station.errors import RuleError
from station.language import Language
from station.ui import theme
from station.ui.words import delivery_words

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
COLUMNS = ("number", "procedure", "person", "time", "state", "pages")
STATE = COLUMNS.index("state")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many dossiers stand where."""

    open: int = 0
    waiting: int = 0
    refused: int = 0

    @classmethod
    def of(cls, found: Sequence[Summary]) -> Counts:
        deliveries = [one.progress.delivery for one in found if one.progress]
        return cls(
            sum(one.state is State.OPEN for one in found),
            sum(delivery in (Delivery.WAITING, Delivery.SENDING) for delivery in deliveries),
            deliveries.count(Delivery.REFUSED),
        )


class DossierTable(QAbstractTableModel):
    """One row a dossier, newest first, in words."""

    def __init__(self, language: Language, procedures: Procedures) -> None:
        super().__init__()
        self._language, self._procedures = language, procedures
        self.found: Sequence[Summary] = ()

    def show_found(self, found: Sequence[Summary]) -> None:
        """Replace what is listed. Where the same dossiers are listed again, the selection stays."""
        same = [one.id for one in found] == [one.id for one in self.found]
        if same:
            self.found = found
            if found:
                self.dataChanged.emit(self.index(0, 0), self.index(len(found) - 1, len(COLUMNS) - 1))
        else:
            self.beginResetModel()
            self.found = found
            self.endResetModel()

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
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(one, column)
        if role == Qt.ItemDataRole.DecorationRole and column == "state":
            return theme.icon(f"state-{_sign(one)}")
        if role == Qt.ItemDataRole.TextAlignmentRole and column == "pages":
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, one: Summary, column: str) -> str:
        if column == "number":
            return one.number or self._language("counter.home.no_number")
        if column == "procedure":
            return self._short_name(one.procedure_code)
        if column == "person":
            return one.person_name or self._language("counter.home.no_person")
        if column == "time":
            return _when(one.sealed_at or one.opened_at)
        return str(one.pages) if column == "pages" else self._state(one)

    def _state(self, one: Summary) -> str:
        if one.state is not State.SEALED:
            return self._language(f"counter.home.{one.state.value}")
        return delivery_words(one.progress, self._language)

    def _short_name(self, code: str) -> str:
        try:
            return self._procedures.get(code).short_name
        except RuleError:
            return code


def _sign(one: Summary) -> str:
    if one.state is State.SEALED and one.progress:
        return one.progress.delivery.value
    return one.state.value


def _when(moment: datetime) -> str:
    return f"{moment.astimezone(VIETNAM):%H:%M  %d/%m/%Y}"
