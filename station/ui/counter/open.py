"""Opening a dossier: the procedure is found by a few letters; its case is chosen, papers, time and fees are seen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from station.dossier.dossier import Dossier, State
from station.dossier.procedure import Procedure
from station.errors import StationError
from station.ui.counter.procedure_facts import ProcedureFacts
from station.ui.counter.procedure_search import found
from station.ui.counter.step import Step
from station.ui.session import Session
from station.ui.widgets.buttons import button, name
from station.ui.widgets.labels import label
from station.ui.widgets.rows import Row, RowList
from station.ui.widgets.search_line import SearchLine


class OpenStep(Step):
    """Pick a procedure and a case; Enter opens. With a dossier on the counter, its procedure and case are shown."""

    name = "open"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._opening = False
        self._offered: Sequence[Procedure] = session.desk.open_dossier.offered()
        self.search = SearchLine(self.language("counter.open.search"), self.language("counter.clear_search"))
        self.procedures = RowList()
        self.procedures.setAccessibleName(self.language("counter.open.procedures"))
        self.nothing = label(self.language("counter.open.nothing_found"), "hint", wrap=True)
        self.facts = ProcedureFacts(self.language)
        self.go_on = button(self.language("counter.open.open"), self._on_go_on, "primary", "Enter")
        self._build()
        self.search.textChanged.connect(lambda _text: self._show_procedures())
        self.procedures.selectionModel().currentChanged.connect(lambda _now, _before: self._show_picked())
        self.facts.chosen.connect(self._on_case)
        self.procedures.doubleClicked.connect(lambda _index: self._on_go_on())
        self._show_procedures()

    def refresh(self, dossier: Dossier | None) -> None:
        self._opening = False
        self.search.setEnabled(dossier is None)
        self.procedures.setEnabled(dossier is None)
        name(self.go_on, self.language("counter.go_on" if dossier else "counter.open.open"), "Enter")
        if dossier:
            self.search.clear()
            self.procedures.pick(dossier.procedure_code)
        self._show_picked()

    def enter(self) -> None:
        if self.session.dossier is None:
            self._offered = self.session.desk.open_dossier.offered()  # midnight may have passed
            self.search.clear()
            self.facts.show_procedure(None)  # the next citizen's case is the usual one again
            self._show_procedures()
            self.search.setFocus()
        else:
            self.go_on.setFocus()

    def _build(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(label(self.language("counter.open.title"), "title"))
        left.addWidget(self.search)
        left.addWidget(self.procedures, 1)
        left.addWidget(self.nothing)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.facts, 1)
        bottom = QHBoxLayout()
        bottom.addStretch()
        bottom.addWidget(self.go_on)
        right.addLayout(bottom)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(left, 4)
        row.addLayout(right, 6)

    def _show_procedures(self) -> None:
        """Those that fit what is typed; the best of them is picked."""
        rows = [
            Row(procedure.short_name, _below(procedure), data=procedure.code, bold=True)
            for procedure in found(self._offered, self.search.text())
        ]
        self.procedures.rows.show_rows(rows)
        self.nothing.setVisible(not rows)
        if rows:
            self.procedures.setCurrentIndex(self.procedures.rows.index(0))
            self.procedures.scrollToTop()
        self._show_picked()

    def _show_picked(self) -> None:
        dossier, code = self.session.dossier, self.procedures.picked()
        procedures = self.session.desk.procedures
        if dossier:
            procedure = procedures.get(dossier.procedure_code, dossier.procedure_version)
            self.facts.cases.setEnabled(dossier.state is State.OPEN)
            self.facts.show_procedure(procedure, procedures.before(procedure), dossier.case)
        else:
            picked = next((one for one in self._offered if one.code == code), None)
            self.facts.cases.setEnabled(True)
            self.facts.show_procedure(picked, procedures.before(picked) if picked else None)
        self.go_on.setEnabled(bool(dossier or code) and not self._opening)

    def _on_go_on(self) -> None:
        session, code = self.session, self.procedures.picked()
        if session.dossier:
            self.finished.emit()
        elif code and not self._opening:
            self._opening = True
            self.go_on.setEnabled(False)
            session.tasks.write(
                partial(session.desk.open_dossier, str(code), session.desk.officer, self.facts.case),
                self._on_opened,
                self._on_failed,
            )

    def _on_opened(self, dossier: Dossier) -> None:
        self.session.show(dossier)
        self.finished.emit()

    def _on_case(self, key: str) -> None:
        """On a dossier that is open, another case is a deed of its own."""
        session, dossier = self.session, self.session.dossier
        if dossier and dossier.case != key:
            deed = partial(session.desk.choose_case, dossier.id, key, session.desk.officer)
            session.tasks.write(deed, session.take, self._on_failed)

    def _on_failed(self, error: StationError) -> None:
        self.refresh(self.session.dossier)
        self.session.failed.emit(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_go_on()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.search.hasFocus():
            self._move(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.facts.turn_page(1 if event.key() == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)

    def _move(self, by: int) -> None:
        """The arrows move in the list while the words are being typed."""
        last = self.procedures.rows.rowCount() - 1
        place = min(max(self.procedures.currentIndex().row() + by, 0), last)
        if last >= 0:
            self.procedures.setCurrentIndex(self.procedures.rows.index(place))


def _below(procedure: Procedure) -> str:
    return procedure.name if procedure.name != procedure.short_name else procedure.field
