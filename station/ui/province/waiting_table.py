"""The table behind «Hàng gửi»: one row a dossier that has not arrived, in the order in which they go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from station.clock import VIETNAM
from station.dossier.why_stuck import QueueEntry
from station.language import Language
from station.ui import theme
from station.ui.counter.queue_words import moment_words
from station.ui.province.size_words import size_words
from station.ui.province.why_words import sign_of_why, why_in_row, why_sentence

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
COLUMNS = ("place", "number", "due", "pages", "size", "why")


class WaitingTable(QAbstractTableModel):
    """Words are made for the rows that are painted, so that ten thousand cost no more than twenty."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._now = datetime.min.replace(tzinfo=VIETNAM)
        self.entries: Sequence[QueueEntry] = ()

    def show_entries(self, entries: Sequence[QueueEntry], now: datetime) -> None:
        """Replace what is listed. Where the same dossiers stand in the same order, the selection stays."""
        same = [one.dossier_id for one in entries] == [one.dossier_id for one in self.entries]
        if not same:
            self.beginResetModel()
        self.entries, self._now = entries, now
        if not same:
            self.endResetModel()
        elif entries:
            self.dataChanged.emit(self.index(0, 0), self.index(len(entries) - 1, len(COLUMNS) - 1))

    def row_of(self, dossier_id: str) -> int | None:
        """Where a dossier stands."""
        return next((row for row, one in enumerate(self.entries) if one.dossier_id == dossier_id), None)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._language(f"province.queue.column_{COLUMNS[section]}")
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        one, column = self.entries[index.row()], COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(one, column, index.row())
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            whole = column == "why"
            return why_sentence(one.why, self._now, self._language) if whole else self._text(one, column, index.row())
        if role == Qt.ItemDataRole.DecorationRole and column == "why":
            return theme.icon(sign_of_why(one.delivery, one.why))
        if role == Qt.ItemDataRole.TextAlignmentRole and column in ("place", "pages", "size"):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _text(self, one: QueueEntry, column: str, row: int) -> str:
        if column == "place":
            return str(row + 1)
        if column == "number":
            return one.number or self._language("counter.home.no_number")
        if column == "due":
            return moment_words(one.due_at, self._now) if one.due_at else self._language("province.queue.no_due")
        if column == "pages":
            return str(one.pages_left)
        if column == "size":
            return size_words(one.bytes_left, self._language) if one.bytes_left else ""
        return why_in_row(one.why, self._now, self._language)
