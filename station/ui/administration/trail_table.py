"""The table behind «Nhật ký»: one row a line, newest first, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from station.actions.read_trail import TrailLine
from station.clock import VIETNAM
from station.language import Language
from station.ui.trail_words import deed_words, detail_words, dossier_words, person_words

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
COLUMNS = ("at", "by", "deed", "dossier", "detail")


class TrailTable(QAbstractTableModel):
    """`name_of` tells the name that the roster has for a person's id, or nothing."""

    def __init__(self, language: Language, name_of: Callable[[str], str]) -> None:
        super().__init__()
        self._language, self._name_of = language, name_of
        self.lines: Sequence[TrailLine] = ()

    def show_lines(self, lines: Sequence[TrailLine]) -> None:
        """Replace what is listed."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._language(f"trail.column.{COLUMNS[section]}")
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line, column = self.lines[index.row()], COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole and column == "by":
            return self._name_of(line.entry.by) or self._text(line, column)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(line, column)
        return None

    def _text(self, line: TrailLine, column: str) -> str:
        entry, say = line.entry, self._language
        match column:
            case "at":
                return f"{entry.at.astimezone(VIETNAM):%H:%M:%S %d/%m/%Y}"
            case "by":
                return person_words(entry.by, self._name_of(entry.by), say)
            case "deed":
                return deed_words(entry.deed, say)
            case "dossier":
                return dossier_words(line)
            case _:
                return detail_words(line, say)
