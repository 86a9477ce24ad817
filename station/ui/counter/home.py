"""All dossiers on this machine: found by name, number or paper, each with where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
)

from station.dossier.dossier import Dossier, State
from station.dossier.summary import Summary
from station.ui.counter.dossier_list import COLUMNS, Counts, DossierTable
from station.ui.counter.step import Step
from station.ui.session import Session
from station.ui.widgets.ask import ask
from station.ui.widgets.buttons import button
from station.ui.widgets.empty import EmptyState
from station.ui.widgets.labels import label

LISTED = 500
TYPING_PAUSE = 150
"""Milliseconds without a key after which the search runs."""
_WIDTHS = {"number": 182, "procedure": 180, "time": 142, "state": 196, "pages": 64}


class HomePage(Step):
    """The list, its search box, and what waits for the hub."""

    name = "home"
    chosen = Signal(object)  # Dossier
    counted = Signal(object)  # Counts

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._question, self._arriving = 0, False
        self.search = QLineEdit()
        self.search.setPlaceholderText(f"{self.language('counter.home.search')} (Ctrl+F)")
        self.search.setAccessibleName(self.language("counter.home.search"))
        self.search.setClearButtonEnabled(True)
        self.counts = label(role="hint")
        self.table = DossierTable(self.language, session.desk.procedures)
        self.view = self._view()
        self.open = button(self.language("counter.home.open_it"), self._on_open, "primary", "Enter")
        self.discard = button(self.language("counter.home.discard"), self._on_discard, "danger", "Delete")
        self._nothing = EmptyState()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._nothing)
        self._build()
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        self._pause.timeout.connect(self.reload)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self.view.activated.connect(lambda _index: self._on_open())
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        self._late = QTimer(self, singleShot=True, interval=300)  # many deliveries move at once
        self._late.timeout.connect(self.reload)
        session.delivery_changed.connect(lambda _id: self._late.start())
        self._on_current_changed()

    def enter(self) -> None:
        self._arriving = True
        self.search.setFocus()
        self.reload()

    def focus_search(self) -> None:
        """Put the keyboard into the search box, and leave it there when the list comes."""
        self._arriving = False
        self.search.setFocus()
        self.search.selectAll()

    def reload(self) -> None:
        """Ask the store again; an answer that comes after a newer question is dropped."""
        self._question += 1
        question, words = self._question, self.search.text()
        dossiers = self.session.desk.dossiers

        def found(listed: Sequence[Summary]) -> None:
            if question == self._question:
                self._show(listed, words)

        self.session.tasks.look(lambda: dossiers.find(words, LISTED), found, self.session.failed.emit)

    def _view(self) -> QTableView:
        view = QTableView()
        view.setModel(self.table)
        view.setAccessibleName(self.language("step.home"))
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setTabKeyNavigation(False)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setAlternatingRowColors(True)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(34)
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for place, column in enumerate(COLUMNS):
            if column == "person":
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
            else:
                view.setColumnWidth(place, _WIDTHS[column])
        return view

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(label(self.language("step.home"), "title"))
        top.addWidget(self.search, 1)
        bottom = QHBoxLayout()
        bottom.addWidget(self.discard)
        bottom.addSpacing(12)
        bottom.addWidget(self.counts)
        bottom.addStretch()
        bottom.addWidget(self.open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self._stack, 1)
        column.addLayout(bottom)
        self.setTabOrder(self.search, self.view)
        self.setTabOrder(self.view, self.discard)
        self.setTabOrder(self.discard, self.open)

    def _show(self, found: Sequence[Summary], words: str) -> None:
        before = self._current()
        self.table.show_found(found)
        if found:
            place = next((row for row, one in enumerate(found) if before and one.id == before.id), 0)
            self.view.selectionModel().setCurrentIndex(
                self.table.index(place, 0),
                QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows,
            )
            self._stack.setCurrentWidget(self.view)
        else:
            key = "nothing_found" if words.strip() else "empty"
            self._nothing.tell(self.language(f"counter.home.{key}"), self.language(f"counter.home.{key}_do"))
            self._stack.setCurrentWidget(self._nothing)
        if not words.strip():
            counts = Counts.of(found)
            self.counts.setText(
                self.language("counter.home.counts", open=counts.open, waiting=counts.waiting, refused=counts.refused)
            )
            self.counted.emit(counts)
        self._on_current_changed()
        if self._arriving and found and not words:
            self.view.setFocus()
        self._arriving = False

    def _current(self) -> Summary | None:
        index = self.view.currentIndex()
        return self.table.found[index.row()] if index.isValid() and index.row() < len(self.table.found) else None

    def _on_current_changed(self, _now: QModelIndex | None = None, _before: QModelIndex | None = None) -> None:
        one = self._current()
        self.open.setEnabled(one is not None and one.state is not State.DISCARDED)
        self.discard.setEnabled(one is not None and one.state is State.OPEN)

    def _on_open(self) -> None:
        one = self._current()
        if one and one.state is not State.DISCARDED:
            dossiers = self.session.desk.dossiers
            self.session.tasks.look(lambda: dossiers.get(one.id), self.chosen.emit, self.session.failed.emit)

    def _on_discard(self) -> None:
        one, session = self._current(), self.session
        if one is None or one.state is not State.OPEN:
            return
        name = one.person_name or self.language("counter.home.no_person")
        if ask(self, self.language, "counter.home.discard_ask", name=name, pages=one.pages):
            session.tasks.write(
                lambda: session.desk.discard_dossier(one.id, session.desk.officer),
                self._on_discarded,
                session.failed.emit,
            )

    def _on_discarded(self, dossier: Dossier) -> None:
        if self.session.dossier and self.session.dossier.id == dossier.id:
            self.session.show(None)
        self.reload()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.view.hasFocus():
            self._on_open()
        elif event.key() == Qt.Key.Key_Delete and self.view.hasFocus():
            self._on_discard()
        elif event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.view.setFocus()
        elif event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
        else:
            super().keyPressEvent(event)
