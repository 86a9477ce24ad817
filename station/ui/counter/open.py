"""Opening a dossier: the procedure is found by a few letters, and its papers, time and fee are seen before."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from station.dossier.dossier import Dossier
from station.dossier.procedure import Procedure, TimeUnit
from station.dossier.text import folded
from station.errors import StationError
from station.language import Language
from station.ui.counter.paper_rows import paper_rows
from station.ui.counter.step import Step
from station.ui.session import Session
from station.ui.widgets.buttons import button, name
from station.ui.widgets.labels import label
from station.ui.widgets.rows import Row, RowList


class OpenStep(Step):
    """Pick a procedure; Enter opens. With a dossier on the counter, its procedure is shown."""

    name = "open"

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._opening = False
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.language("counter.open.search"))
        self.search.setAccessibleName(self.language("counter.open.search"))
        self.search.setClearButtonEnabled(True)
        self.procedures = RowList()
        self.procedures.setAccessibleName(self.language("counter.open.procedures"))
        self.nothing = label(self.language("counter.open.nothing_found"), "hint", wrap=True)
        self.facts = ProcedureFacts(self.language)
        self.go_on = button(self.language("counter.open.open"), self._on_go_on, "primary", "Enter")
        self._build()
        self.search.textChanged.connect(lambda _text: self._show_procedures())
        self.procedures.selectionModel().currentChanged.connect(lambda _now, _before: self._show_picked())
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
            self.search.clear()
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
        """Those that hold every word typed, with or without marks."""
        words = folded(self.search.text()).split()
        before = self.procedures.picked()
        rows = [
            Row(procedure.short_name, _below(procedure), data=procedure.code, bold=True)
            for procedure in self.session.desk.procedures.all()
            if all(word in _searched(procedure) for word in words)
        ]
        self.procedures.rows.show_rows(rows)
        self.nothing.setVisible(not rows)
        if rows and not self.procedures.pick(before):
            self.procedures.setCurrentIndex(self.procedures.rows.index(0))
        self._show_picked()

    def _show_picked(self) -> None:
        dossier, code = self.session.dossier, self.procedures.picked()
        procedures = self.session.desk.procedures
        if dossier:
            self.facts.show_procedure(procedures.get(dossier.procedure_code, dossier.procedure_version))
        else:
            self.facts.show_procedure(procedures.get(str(code)) if code else None)
        self.go_on.setEnabled(bool(dossier or code) and not self._opening)

    def _on_go_on(self) -> None:
        session, code = self.session, self.procedures.picked()
        if session.dossier:
            self.finished.emit()
        elif code and not self._opening:
            self._opening = True
            self.go_on.setEnabled(False)
            session.tasks.write(
                lambda: session.desk.open_dossier(str(code), session.desk.officer),
                self._on_opened,
                self._on_failed,
            )

    def _on_opened(self, dossier: Dossier) -> None:
        self.session.show(dossier)
        self.finished.emit()

    def _on_failed(self, error: StationError) -> None:
        self.refresh(self.session.dossier)
        self.session.failed.emit(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_go_on()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.search.hasFocus():
            self._move(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _move(self, by: int) -> None:
        """The arrows move in the list while the words are being typed."""
        last = self.procedures.rows.rowCount() - 1
        place = min(max(self.procedures.currentIndex().row() + by, 0), last)
        if last >= 0:
            self.procedures.setCurrentIndex(self.procedures.rows.index(place))


class ProcedureFacts(QFrame):
    """One procedure: its full name, time, fee and result, and the papers it asks for."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self.setProperty("role", "card")
        self.title = label(role="subtitle", wrap=True)
        self.code = label(role="hint")
        self._facts = {key: label(wrap=True) for key in ("time", "fee", "result", "authority")}
        self.papers = RowList()
        self.papers.setAccessibleName(language("counter.papers.title"))
        self.papers.setSelectionMode(RowList.SelectionMode.NoSelection)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(4)
        for key, value in self._facts.items():
            form.addRow(label(language(f"counter.open.{key}"), "hint"), value)
        self._shown = QWidget()
        column = QVBoxLayout(self._shown)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.code)
        column.addLayout(form)
        column.addWidget(label(language("counter.papers.title"), "subtitle"))
        column.addWidget(self.papers, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._shown)

    def show_procedure(self, procedure: Procedure | None) -> None:
        """Show it, or nothing."""
        self._shown.setVisible(procedure is not None)
        if procedure is None:
            return
        self.title.setText(procedure.name)
        self.code.setText(self._language("counter.open.code", code=procedure.code, field=procedure.field))
        self._facts["time"].setText(time_text(self._language, procedure))
        self._facts["fee"].setText(fee_text(self._language, procedure))
        self._facts["result"].setText(", ".join(procedure.results))
        self._facts["authority"].setText(procedure.authority)
        self.papers.rows.show_rows(paper_rows(self._language, procedure))


def time_text(language: Language, procedure: Procedure) -> str:
    """«3 ngày làm việc»; what is done on the spot has no number."""
    usual = procedure.case()
    key = f"counter.open.time_{usual.unit.value}"
    return language(key) if usual.unit is TimeUnit.SAME_DAY else language(key, count=usual.time)


def fee_text(language: Language, procedure: Procedure) -> str:
    """«8.000 đồng», and who sets it."""
    amount = language("counter.open.no_fee")
    if usual := sum(line.amount for line in procedure.fees):
        amount = language("counter.open.amount", amount=f"{usual:,}".replace(",", "."))
    return f"{amount}. {procedure.fee_note}" if procedure.fee_note else amount


def _below(procedure: Procedure) -> str:
    return procedure.name if procedure.name != procedure.short_name else procedure.field


def _searched(procedure: Procedure) -> str:
    return folded(f"{procedure.name} {procedure.short_name} {procedure.code} {procedure.field}")
