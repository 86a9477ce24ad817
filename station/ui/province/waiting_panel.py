"""«Hàng gửi»: what waits, in the order in which it goes, and why the one that is picked has not arrived."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from station.dossier.why_stuck import QueueEntry
from station.ui.province.courier_row import CourierRow
from station.ui.province.line_card import LineCard
from station.ui.province.outlook import Outlook
from station.ui.province.restored_words import restored_words
from station.ui.province.waiting_table import COLUMNS, WaitingTable
from station.ui.province.why_line import WhyLine
from station.ui.session import Session
from station.ui.widgets.buttons import button
from station.ui.widgets.empty import EmptyState
from station.ui.widgets.labels import label, set_role
from station.ui.widgets.row_table import RowTable

_WIDTHS = {"place": 56, "number": 176, "due": 112, "pages": 76, "size": 92}


class WaitingPanel(QWidget):
    """Enter opens the dossier of the current row."""

    opened = Signal(str)  # dossier id

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._language = session, session.language
        self._arriving = False
        self.card = LineCard(session)
        self.table = WaitingTable(self._language)
        self.view = RowTable(self.table, self._language("province.view.queue"), COLUMNS, _WIDTHS)
        self.nothing = EmptyState(self._language("province.queue.nothing"), self._language("province.queue.nothing_do"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.nothing)
        self.aside = label(role="error", wrap=True)
        self.restored = label(role="hint", wrap=True)
        self.why = WhyLine(session)
        self.open = button(self._language("province.queue.open"), self._on_open, "primary", "Enter")
        self.courier = CourierRow(session)
        bottom = QHBoxLayout()
        bottom.setSpacing(12)
        bottom.addWidget(self.why, 1)
        bottom.addWidget(self.open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.card)
        column.addWidget(self.restored)
        column.addWidget(self.aside)
        column.addWidget(self._stack, 1)
        column.addLayout(bottom)
        column.addWidget(self.courier)
        self.view.selectionModel().currentChanged.connect(lambda _now, _before: self._show_why())
        self.view.doubleClicked.connect(lambda _index: self._on_open())
        self._show_why()

    def show_outlook(self, outlook: Outlook) -> None:
        """As it stands now; the current dossier stays the current one, wherever it has moved to."""
        before = self.current()
        self.card.show_outlook(outlook)
        aside, more = len(outlook.aside), outlook.count - len(outlook.entries)
        told = [self._language("province.queue.aside", count=aside)] if aside else []
        told += [self._language("province.queue.more", count=more)] if more > 0 else []
        self.aside.setText(" ".join(told))
        self.aside.setVisible(bool(told))
        told_again = restored_words(outlook.restored, outlook.now, self._language)
        self.restored.setText(told_again)
        self.restored.setVisible(bool(told_again))
        set_role(self.restored, "warning" if outlook.restored and outlook.restored.left else "hint")
        self.table.show_entries(outlook.entries, outlook.now)
        self._stack.setCurrentWidget(self.view if outlook.entries else self.nothing)
        if outlook.entries:
            row = self.table.row_of(before.dossier_id) if before else None
            self._make_current(row or 0)
        if self._arriving and outlook.entries and self.card.metered.hasFocus():
            self.view.setFocus()
        self._arriving = self._arriving and not outlook.entries
        self._show_why()

    def enter(self) -> None:
        """The keyboard is in the list, as soon as there is one."""
        self._arriving = not self.table.entries
        (self.card.metered if self._arriving else self.view).setFocus()

    def current(self) -> QueueEntry | None:
        """The dossier of the current row."""
        index = self.view.currentIndex()
        return self.table.entries[index.row()] if index.isValid() and index.row() < len(self.table.entries) else None

    def _make_current(self, row: int) -> None:
        if self.view.currentIndex().row() != row:
            self.view.pick_row(row)

    def _show_why(self) -> None:
        one = self.current()
        self.open.setEnabled(one is not None)
        if one is None:
            self.why.show_why(None)
        else:
            self.why.show_why(one.why, one.delivery, one.number)

    def _on_open(self) -> None:
        one = self.current()
        if one is not None:
            self.opened.emit(one.dossier_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_open()
        else:
            super().keyPressEvent(event)
