"""A table of which whole rows are picked and nothing is edited, with the keyboard's Tab left to the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

ROW_HEIGHT = 34


class RowTable(QTableView):
    """Columns that are given no width share what the others leave."""

    def __init__(
        self, model: QAbstractItemModel, spoken: str, columns: Sequence[str], widths: Mapping[str, int]
    ) -> None:
        """`spoken` is the table's name for a screen reader; `widths` are pixels by column."""
        super().__init__()
        self.setModel(model)
        self.setAccessibleName(spoken)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        down, across = self.verticalHeader(), self.horizontalHeader()
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)  # or ten thousand rows are measured one by one
        down.setDefaultSectionSize(ROW_HEIGHT)
        across.setHighlightSections(False)
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, column in enumerate(columns):
            if column in widths:
                self.setColumnWidth(place, widths[column])
            else:
                across.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)

    def pick_row(self, row: int) -> None:
        """Make this row the current one."""
        whole = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(self.model().index(row, 0), whole)
