"""One procedure as a card: the case to choose, its time, fees and papers, and what is new in this version."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from station.dossier.procedure import Procedure
from station.language import Language
from station.ui.counter.procedure_rows import about_rows, case_rows, marked, news_rows, required_rows
from station.ui.procedure_words import day_words, fees_words, time_words
from station.ui.widgets.buttons import button
from station.ui.widgets.keys import act, tell_keys
from station.ui.widgets.labels import label
from station.ui.widgets.rows import RowList

_CASES_IN_SIGHT = 4
_FACTS = ("time", "fee")


class ProcedureFacts(QFrame):
    """`chosen(case)` when the officer picks another case."""

    chosen = Signal(str)

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._procedure: Procedure | None = None
        self._before: Procedure | None = None
        self.setProperty("role", "card")
        self.title = label(role="subtitle", wrap=True)
        self.code = label(role="hint", wrap=True)
        self.cases_title = label(role="hint")
        self.cases = RowList()
        self.cases.setAccessibleName(language("procedure.case"))
        self._facts = {key: label(wrap=True) for key in _FACTS}
        self.papers = RowList()
        self.papers.setAccessibleName(language("counter.papers.title"))
        self.papers.setSelectionMode(RowList.SelectionMode.NoSelection)
        tell_keys(self.papers, "PgUp, PgDn", language("procedure.turn_page"))
        self.papers_title = label(language("counter.papers.title"), "subtitle")
        self.news = button(language("procedure.news"), self._show_list, "secondary", "Ctrl+I")
        self.news.setCheckable(True)
        self._build()
        self.cases.selectionModel().currentChanged.connect(lambda _now, _before: self._on_case())
        for number in range(1, 10):
            does = language("procedure.choose_case", number=number)
            act(self.cases, f"Ctrl+{number}", does, partial(self._pick, number))

    @property
    def case(self) -> str:
        """The key of the case that is picked; the usual one where there is nothing to choose."""
        picked = self.cases.picked()
        return str(picked) if picked else self._procedure.case().key if self._procedure else ""

    def show_procedure(self, procedure: Procedure | None, before: Procedure | None = None, case: str = "") -> None:
        """Show it in a case, or nothing. `before` is the version that it replaced."""
        self._shown.setVisible(procedure is not None)
        if procedure is None or (procedure is self._procedure and case in ("", self.case)):
            self._procedure = procedure
            return
        same = procedure is self._procedure
        self._procedure, self._before = procedure, before
        self.title.setText(procedure.name)
        self.code.setText(
            self._language(
                "procedure.version", code=procedure.code, field=procedure.field, day=day_words(procedure.version)
            )
        )
        self.cases.blockSignals(True)
        if not same:
            self.news.setChecked(False)
            self.cases.rows.show_rows(case_rows(self._language, procedure))
        self.cases.pick(procedure.case(case).key)
        self.cases.blockSignals(False)
        several = len(procedure.cases) > 1
        self.cases_title.setText(self._language("procedure.case_keys", last=min(len(procedure.cases), 9)))
        self.cases.setVisible(several)
        self.cases_title.setVisible(several)
        self.news.setVisible(before is not None)
        self._fit_cases()
        self._show_case()

    def turn_page(self, by: int) -> None:
        """Scroll the papers while the keyboard is elsewhere."""
        bar = self.papers.verticalScrollBar()
        bar.setValue(bar.value() + by * bar.pageStep())

    def _build(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(4)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for key, value in self._facts.items():
            form.addRow(label(self._language(f"counter.open.{key}"), "hint"), value)
        heading = QHBoxLayout()
        heading.addWidget(self.papers_title, 1)
        heading.addWidget(self.news)
        self._shown = QWidget()
        column = QVBoxLayout(self._shown)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.code)
        column.addWidget(self.cases_title)
        column.addWidget(self.cases)
        column.addLayout(form)
        column.addLayout(heading)
        column.addWidget(self.papers, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._shown)

    def _fit_cases(self) -> None:
        """A few cases stand in sight, more are scrolled to: the papers want the room."""
        rows = [self.cases.sizeHintForRow(row) for row in range(self.cases.rows.rowCount())]
        self.cases.setFixedHeight(sum(rows[:_CASES_IN_SIGHT]) + 2 * self.cases.frameWidth())

    def _pick(self, number: int) -> None:
        if self.cases.isVisible() and self.cases.isEnabled() and number <= self.cases.rows.rowCount():
            self.cases.setCurrentIndex(self.cases.rows.index(number - 1))

    def _on_case(self) -> None:
        if self._procedure and not self.cases.signalsBlocked():
            self._show_case()
            self.chosen.emit(self.case)

    def _show_case(self) -> None:
        procedure = self._procedure
        if procedure is None:
            return
        case, language = procedure.case(self.case), self._language
        time = marked(language, procedure, f"cases.{case.key}", time_words(language, case))
        fees = [
            marked(language, procedure, f"fees.{line.key}", words)
            for line, words in fees_words(language, procedure, case.key)
        ]
        self._facts["time"].setText(f"{time}. {case.note}" if case.note else time)
        self._facts["fee"].setText("\n".join(fees or [marked(language, procedure, "fee_note", procedure.fee_note)]))
        self._show_list()

    def _show_list(self) -> None:
        """The papers, or in their place what is new."""
        if self._procedure is None:
            return
        if self.news.isChecked() and self._before is not None:
            rows = news_rows(self._language, self._procedure, self._before)
            self.papers_title.setText(self._language("procedure.news"))
        else:
            rows = required_rows(self._language, self._procedure, self.case)
            rows += about_rows(self._language, self._procedure)
            self.papers_title.setText(self._language("counter.papers.title"))
        self.papers.rows.show_rows(rows)
        self.papers.scrollToTop()
