"""The officer's side of the citizen's turn: what was asked, what was answered, and answers given by word of mouth."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from station.dossier.checks import needs_look
from station.dossier.confirmation import questions, unanswered
from station.dossier.dossier import Dossier
from station.dossier.entry import Entry, Verdict
from station.dossier.showing import SPOKEN, Shown, ShownValue
from station.ui.counter.fees_panel import FeesPanel
from station.ui.counter.sign_bar import SignBar
from station.ui.counter.step import Step
from station.ui.session import CitizenView, Session
from station.ui.widgets.ask import ask
from station.ui.widgets.buttons import button
from station.ui.widgets.empty import EmptyState
from station.ui.widgets.flow import FlowRow
from station.ui.widgets.labels import label, set_role
from station.ui.widgets.rows import Row, RowList
from station.ui.words import entry_page, field_words, page_words, value_words

BESIDE = 372
"""Pixels that fees and signature take beside the list, at 100 %."""
_SIGNS = {None: "mark-optional", Verdict.RIGHT: "mark-done", Verdict.WRONG: "mark-error"}


class ConfirmStep(Step):
    """While this step is in front, the citizen's screen asks. Elsewhere it waits."""

    name = "confirm"

    turn_asked = Signal()
    """One screen only: turn it to the citizen."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._dossier: Dossier | None = None
        self._one_display = False
        self.counts = label(role="subtitle")
        self.advice = label(role="hint", wrap=True)
        self.list = RowList()
        self.list.setAccessibleName(self.language("confirm.title"))
        self.right = button(self.language("confirm.right"), lambda: self._answer(Verdict.RIGHT), "secondary", "Ctrl+D")
        self.wrong = button(self.language("confirm.wrong"), lambda: self._answer(Verdict.WRONG), "danger", "Ctrl+S")
        self.all_right = button(self.language("confirm.all_right"), self._on_all_right, "secondary", "Ctrl+Shift+D")
        self.turn = button(self.language("confirm.turn"), self.turn_asked.emit, "secondary", "F11")
        self.again = button(self.language("confirm.again"), self._on_again, "secondary", "F12")
        self.go_on = button(self.language("counter.go_on"), self.finished.emit, "primary", "Enter")
        self.fees, self.signature = FeesPanel(session), SignBar(session)
        self.fees.left.connect(self.go_on.setFocus)
        session.citizen_view_changed.connect(lambda _view: self._show_again())
        self._empty = EmptyState(self.language("confirm.nothing"), self.language("confirm.nothing_do"))
        self._build()

    def refresh(self, dossier: Dossier | None) -> None:
        self._dossier = dossier
        self.fees.show_dossier(dossier)
        self.signature.show_dossier(dossier)
        self._show_again()
        asked = questions(dossier) if dossier else ()
        self._stack.setCurrentIndex(int(bool(asked)))
        if dossier is None or not asked:
            return
        self.list.rows.show_rows(self._rows(dossier, asked))
        if not self.list.currentIndex().isValid():
            self._pick_next()
        left, wrong = unanswered(dossier), sum(entry.disputed for entry in asked)
        self.counts.setText(self.language("confirm.counts", answered=len(asked) - len(left), asked=len(asked)))
        doubtful = sum(needs_look(dossier, entry) and not entry.disputed for entry in dossier.entries)
        if wrong:
            self._advise("confirm.some_wrong", "error", count=wrong)
        elif doubtful and left:
            self._advise("confirm.review_first", "warning", count=doubtful)
        elif left:
            self._advise("confirm.waiting_turn" if self._one_display else "confirm.waiting", "hint")
        else:
            self._advise("confirm.done", "ok")
        if not left and not wrong and self.isVisible():
            self.go_on.setFocus()

    def show_turn(self, *, one_display: bool) -> None:
        """Whether the citizen has no display of their own, so that this one must be turned to them."""
        self._one_display = one_display
        self.turn.setVisible(one_display)
        self.refresh(self._dossier)

    def enter(self) -> None:
        self.fees.enter()
        if self._dossier and unanswered(self._dossier):
            self.session.let_citizen_see(CitizenView.ASK)
            self.list.setFocus()
        else:
            (self.go_on if self._stack.currentIndex() else self).setFocus()

    def leave(self) -> None:
        self.fees.keep_now()
        if self.session.dossier is not None:
            self.session.let_citizen_see(CitizenView.WAIT)

    def _build(self) -> None:
        ways = FlowRow(self.right, self.wrong, self.all_right)
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addWidget(FlowRow(self.turn, self.again), 1)
        bottom.addWidget(self.go_on)
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.counts)
        column.addWidget(self.advice)
        column.addWidget(self.list, 1)
        column.addWidget(ways)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(work)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(label(self.language("confirm.title"), "title"))
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(self._stack, 1)
        middle.addWidget(self._beside())
        outer.addLayout(middle, 1)
        outer.addLayout(bottom)

    def _beside(self) -> QWidget:
        """Fees and signature; they scroll where an officer's letters are large."""
        content = QWidget()
        content.setObjectName("content")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.fees)
        column.addWidget(self.signature)
        column.addStretch()
        beside = QScrollArea()
        beside.setWidgetResizable(True)
        beside.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        beside.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        beside.setFixedWidth(BESIDE)
        beside.setWidget(content)
        return beside

    def _rows(self, dossier: Dossier, asked: tuple[Entry, ...]) -> list[Row]:
        rows: list[Row] = []
        paper = None
        for entry in asked:
            words = page_words(entry_page(dossier, entry), self.language)
            if words != paper:
                paper = words
                rows.append(Row(words, heading=True))
            verdict = entry.answer.verdict if entry.answer else None
            rows.append(
                Row(
                    value_words(entry.key, entry.value, self.language),
                    field_words(entry.key, self.language),
                    _SIGNS[verdict],
                    entry.id,
                    bold=verdict is Verdict.WRONG,
                    spoken=self.language(f"confirm.said.{verdict.value if verdict else 'nothing'}"),
                )
            )
        return rows

    def _advise(self, key: str, role: str, **values: object) -> None:
        self.advice.setText(self.language(key, **values))
        set_role(self.advice, role)

    def _answer(self, verdict: Verdict) -> None:
        """The citizen said it aloud; the officer writes it down for the picked value."""
        picked = self.list.picked()
        if self._dossier is None or not isinstance(picked, str):
            return
        self._write_down(self._dossier, self._dossier.entry(picked), verdict)
        self._pick_next(after=picked)

    def _on_all_right(self) -> None:
        if self._dossier is None:
            return
        left = unanswered(self._dossier)
        if left and ask(self, self.language, "confirm.all_right_ask", count=len(left)):
            for entry in left:
                self._write_down(self._dossier, entry, Verdict.RIGHT)

    def _write_down(self, dossier: Dossier, entry: Entry, verdict: Verdict) -> None:
        """On record as spoken, by the officer who heard it."""
        field, value = field_words(entry.key, self.language), value_words(entry.key, entry.value, self.language)
        paper = page_words(entry_page(dossier, entry), self.language)
        shown = Shown(SPOKEN, self.language.name, (ShownValue(entry.id, field, value, paper),))
        self.session.answer(entry.id, entry.value, verdict, shown, self.session.desk.officer)

    def _on_again(self) -> None:
        """The citizen's screen went to sleep, or showed something else."""
        self.session.let_citizen_see(CitizenView.ASK)

    def _show_again(self) -> None:
        """Only where there is still something to ask, on a screen that is not asking."""
        open_ = self._dossier is not None and bool(unanswered(self._dossier))
        self.again.setVisible(open_ and not self._one_display and self.session.citizen_view is not CitizenView.ASK)

    def _pick_next(self, after: str | None = None) -> None:
        if self._dossier:
            waiting = [entry.id for entry in unanswered(self._dossier) if entry.id != after]
            if waiting:
                self.list.pick(waiting[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit()
        else:
            super().keyPressEvent(event)
