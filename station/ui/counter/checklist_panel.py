"""The checklist beside the pages: the question to ask, every paper as it stands, and what can be done about each."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.dossier.checklist import Checklist
from station.dossier.dossier import Dossier, State
from station.errors import RuleError
from station.ui.checklist_words import summary_words
from station.ui.counter.checklist_question import QuestionBar
from station.ui.counter.checklist_rows import Asked, checklist_rows, detail_words, first_to_do
from station.ui.session import Session
from station.ui.widgets.keys import tell_keys
from station.ui.widgets.labels import label, set_role
from station.ui.widgets.rows import RowList

DETAIL_LINES = 3


class CountingList(RowList):
    """Rows on which a digit says how many were counted; Backspace takes the count back."""

    counted = Signal(object)  # int | None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if plain and event.text().isdecimal() and self.currentIndex().isValid():
            self.counted.emit(int(event.text()))
        elif event.key() == Qt.Key.Key_Backspace and self.currentIndex().isValid():
            self.counted.emit(None)
        else:
            super().keyPressEvent(event)


class ChecklistPanel(QWidget):
    """Space notes a paper as seen or received; a digit counts; on an answered question Space asks it again."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._language = session, session.language
        self._dossier: Dossier | None = None
        self._made: Checklist | None = None
        self._first: object = None
        self.summary = label(role="hint", wrap=True)
        self.question = QuestionBar(self._language, tall=True)
        self.list = CountingList()
        self.list.setAccessibleName(self._language("checklist.title"))
        self.detail = label(role="hint", wrap=True)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        # Room for a long sentence from the start, so that the list does not jump under the keyboard.
        self.detail.setMinimumHeight(DETAIL_LINES * self.detail.fontMetrics().lineSpacing())
        tell_keys(self.list, "Space", self._language("checklist.key_note"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(self._language("checklist.title"), "subtitle"))
        column.addWidget(self.summary)
        column.addWidget(self.question)
        column.addWidget(self.list, 1)
        column.addWidget(self.detail)
        column.addWidget(label(self._language("checklist.keys"), "hint", wrap=True))
        self.question.answered.connect(self._on_answered)
        self.list.ticked.connect(self._on_ticked)
        self.list.doubleClicked.connect(lambda _index: self._on_ticked())
        self.list.counted.connect(self._on_counted)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_detail())

    def show_dossier(self, dossier: Dossier | None) -> None:
        """Every paper as it stands now."""
        self._dossier, self._made = dossier, self._seen(dossier)
        if dossier is None or self._made is None:
            self._first = None
            self.summary.setText("")
            self.detail.setText("")
            self.question.show_question(None)
            self.list.rows.show_rows(())
            return
        self.summary.setText(summary_words(self._made, self._language))
        set_role(self.summary, "ok" if self._made.complete else "warning")
        self.question.show_question(self._made if dossier.state is State.OPEN else None)
        rows = checklist_rows(self._made, dossier.counted, self._language)
        self.list.rows.show_rows(rows)
        self._bring_into_sight(first_to_do(self._made, rows))
        self._show_detail()

    def pick(self, paper_key: str) -> bool:
        """Put the keyboard on a paper's row."""
        if self.list.pick(paper_key):
            self.list.setFocus()
            return True
        return False

    def _seen(self, dossier: Dossier | None) -> Checklist | None:
        """None as well where the procedure has left the catalogue: the window says so."""
        try:
            return self._session.desk.checklist.see(dossier) if dossier else None
        except RuleError:
            return None

    def _bring_into_sight(self, first: object) -> None:
        """The first thing to do, once it is another than before; not under the hands of whoever is in the list."""
        if first != self._first and first is not None and not self.list.hasFocus():
            for place, row in enumerate(self.list.rows.rows):
                if row.data == first:
                    self.list.scrollTo(self.list.rows.index(place), RowList.ScrollHint.PositionAtCenter)
        self._first = first

    def _show_detail(self) -> None:
        """Of the picked paper; where there is nothing to say of it, of the first on which there is something to do."""
        for key in (self.list.picked(), self._first):
            item = self._made.item(key) if self._made and isinstance(key, str) else None
            if item and (told := detail_words(item, self._language)):
                self.detail.setText(told)
                return
        self.detail.setText("")

    def _on_answered(self, key: str, yes: bool) -> None:
        self._answer(key, yes=yes)

    def _answer(self, key: str, *, yes: bool | None) -> None:
        dossier, desk = self._dossier, self._session.desk
        if dossier is not None:
            self._session.do(lambda: desk.answer_condition(dossier.id, key, yes, desk.officer))

    def _on_ticked(self) -> None:
        dossier, picked, desk = self._dossier, self.list.picked(), self._session.desk
        if dossier is None:
            return
        if isinstance(picked, Asked):
            self._answer(picked.key, yes=None)
        elif isinstance(picked, str):
            present = picked not in dossier.presented
            self._session.do(lambda: desk.note_paper(dossier.id, picked, present, desk.officer))

    def _on_counted(self, count: int | None) -> None:
        """Only where several are asked for: one is there, or is not."""
        dossier, picked, desk = self._dossier, self.list.picked(), self._session.desk
        item = self._made.item(picked) if self._made and isinstance(picked, str) else None
        if dossier is not None and item is not None and item.wanted.originals + item.wanted.copies > 1:
            key = item.wanted.key
            self._session.do(lambda: desk.note_paper.count(dossier.id, key, count, desk.officer))
