"""«Câu hỏi»: values that were changed here and at the province, the oldest question first."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from station.dossier.question import Question
from station.errors import StationError
from station.ui.counter.queue_words import moment_words
from station.ui.province.outlook import Outlook
from station.ui.province.question_card import Asked, QuestionCard
from station.ui.session import Session
from station.ui.widgets.empty import EmptyState
from station.ui.widgets.rows import Row, RowList
from station.ui.words import field_words

LIST_WIDTH = 300


class QuestionsPanel(QWidget):
    """Enter on a question goes to its choices; Enter there counts the answer; Esc comes back to the list."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._language = session, session.language
        self.list = RowList()
        self.list.setAccessibleName(self._language("province.view.questions"))
        self.list.setMaximumWidth(LIST_WIDTH)
        self.card = QuestionCard(session)
        self.nothing = EmptyState(
            self._language("province.question.nothing"), self._language("province.question.nothing_do")
        )
        area = QScrollArea()  # large letters need more room than a small screen has
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self.card)
        work = QWidget()
        row = QHBoxLayout(work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.list, 2)
        row.addWidget(area, 3)
        self._stack = QStackedWidget()
        self._stack.addWidget(work)
        self._stack.addWidget(self.nothing)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self._asked_for: str | None = None
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._on_picked())
        self.list.doubleClicked.connect(lambda _index: self.card.enter())
        self.card.settled.connect(self._on_settled)

    def show_outlook(self, outlook: Outlook) -> None:
        """The questions that nobody has answered."""
        before = self._picked()
        self.list.rows.show_rows([self._row(one, outlook) for one in outlook.questions])
        self._stack.setCurrentIndex(0 if outlook.questions else 1)
        if not outlook.questions:
            self.forget()
            return
        kept = next((one for one in outlook.questions if before and one.id == before.id), outlook.questions[0])
        self.list.pick(kept)
        if self.isVisible():
            self._on_picked()

    def enter(self) -> None:
        """The keyboard is in the list."""
        self._on_picked()
        self.list.setFocus()

    def forget(self) -> None:
        """Nothing of anybody's value stays."""
        self._asked_for = None
        self.card.forget()

    def _row(self, one: Question, outlook: Outlook) -> Row:
        fields = ", ".join(dict.fromkeys(field_words(_key(field.value), self._language) for field in one.fields))
        number = one.number or self._language("counter.home.no_number")
        return Row(fields, f"{number} · {moment_words(one.asked_at, outlook.now)}", "mark-question", one)

    def _picked(self) -> Question | None:
        picked = self.list.picked()
        return picked if isinstance(picked, Question) else None

    def _on_picked(self) -> None:
        question, desk, tasks = self._picked(), self._session.desk, self._session.tasks
        if question is None or question.id == self._asked_for or not self.isVisible():
            return
        self._asked_for = question.id
        self.card.forget()
        officer = desk.officer

        def look() -> Asked:
            return Asked(question, desk.see(question.dossier_id, officer), desk.hub.changes_of(question.dossier_id))

        def show(asked: Asked) -> None:
            if self._asked_for == asked.question.id and self.isVisible():
                self.card.show_asked(asked)

        tasks.write(look, show, self._session.failed.emit)  # that somebody saw it is written down

    def _on_settled(self, question_id: str, texts: Mapping[str, str], reason: str) -> None:
        desk, session = self._session.desk, self._session
        asked = self.card.asked
        self.card.settle.setEnabled(False)

        def done(_none: None) -> None:
            self.card.settle.setEnabled(True)
            self.forget()
            self.list.setFocus()
            if asked is not None:
                session.delivery_changed.emit(asked.question.dossier_id)

        def failed(error: StationError) -> None:
            self.card.settle.setEnabled(True)
            session.failed.emit(error)

        session.tasks.write(
            lambda: desk.hub.settle(question_id, texts, desk.officer, reason),
            done,
            failed,
            lambda: self.card.settle.setEnabled(True),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc in the choices goes back to the list; in the list it is the page's."""
        if event.key() == Qt.Key.Key_Escape and not self.list.hasFocus() and self.list.isVisible():
            self.list.setFocus()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.hasFocus():
            self.card.enter()
        else:
            super().keyPressEvent(event)


def _key(value_id: str) -> str:
    """The key of a value by its id, `<page>/<key>`."""
    return value_id.partition("/")[2] or value_id
