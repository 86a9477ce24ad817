"""The dossiers on this machine: in views by where the work stands, and found by name, number or procedure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
)

from station.actions.permits import Deed
from station.dossier.conservation import BroughtBack
from station.dossier.dossier import Dossier, State
from station.dossier.procedure_names import ProcedureNames
from station.dossier.queue import DUE_LATE, DUE_SOON, Queue
from station.dossier.summary import Summary
from station.errors import StationError
from station.ui.counter.dossier_list import COLUMNS, DossierTable
from station.ui.counter.forms_page import FORMS
from station.ui.counter.queue_bar import QueueBar
from station.ui.counter.step import Step
from station.ui.ledger_words import brought_back_words
from station.ui.messages import error_text
from station.ui.province.why_line import WhyLine
from station.ui.second_person import ask_second
from station.ui.session import Session
from station.ui.widgets.ask import ask
from station.ui.widgets.buttons import button, name
from station.ui.widgets.empty import EmptyState
from station.ui.widgets.keys import act
from station.ui.widgets.labels import label
from station.ui.widgets.row_table import RowTable
from station.ui.widgets.search_line import SearchLine

LISTED, FOUND = 200, 60
"""There are more; nobody scrolls through them, and who searches types another letter."""
TYPING_PAUSE = 40
"""Milliseconds without a key after which the search runs: less than between two keys of a fast typist."""
MINUTE = 60_000
_WIDTHS = {"number": 168, "hub_number": 176, "procedure": 150, "time": 100}
UNSEALED = (Queue.MINE, Queue.PARKED)

Answer = tuple[Sequence[Summary], Mapping[Queue, int] | None]


class HomePage(Step):
    """The views, the list and its search box. Words are searched in all views at once."""

    name = "home"
    chosen = Signal(object)  # Dossier
    forms_asked = Signal()
    counted = Signal()
    """The store was asked again how many stand where."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._question, self._arriving = 0, False
        self._before: str | None = None
        self._named = ProcedureNames(session.desk.procedures.all())
        words = self.language("counter.home.search")
        self.search = SearchLine(words, self.language("counter.clear_search"), f"{words} (Ctrl+F)")
        self.queues = QueueBar(self.language)
        self.told = label(role="hint")
        self.ground = label(role="error", wrap=True)
        self.ground.hide()
        self.brought_back = label(role="error", wrap=True)
        self.brought_back.hide()
        self.table = DossierTable(self.language, session.desk.procedures, session.desk.officer, session.desk.connection)
        self.view = RowTable(self.table, self.language("step.home"), COLUMNS, _WIDTHS)
        self.open = button(self.language("counter.home.open_it"), self._on_open, "primary", "Enter")
        self.discard = button(self.language("counter.home.discard"), self._on_discard, "danger", "Delete")
        self.forms = button(self.language("forms.open"), self.forms_asked.emit, "secondary")
        name(self.forms, self.language("forms.open"), FORMS)  # the window listens to the key
        self._nothing = EmptyState()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._nothing)
        self.why = WhyLine(session)
        self._build()
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE)
        self._pause.timeout.connect(self.reload)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self.queues.asked.connect(lambda _queue: self._on_queue_asked())
        self.view.activated.connect(lambda _index: self._on_open())
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        self._late = QTimer(self, singleShot=True, interval=300)  # many deliveries move at once
        self._late.timeout.connect(self._on_moved)
        self._minute = QTimer(self, interval=MINUTE)  # what is promised for today comes nearer
        self._minute.timeout.connect(self._on_minute)
        self._minute.start()
        session.delivery_changed.connect(lambda _id: self._late.start())
        session.seated.connect(self._on_seated)
        act(self, "Ctrl+R", self.language("queue.again"), self.reload)
        self._on_current_changed()

    def enter(self) -> None:
        self._arriving = True
        self.search.setFocus()
        self.reload()
        self._look_at_ground()

    @property
    def picked(self) -> Summary | None:
        """The dossier of the current row."""
        return self._current()

    def focus_search(self) -> None:
        """Put the keyboard into the search box, and leave it there when the list comes."""
        self._arriving = False
        self.search.setFocus()
        self.search.selectAll()

    def reload(self) -> None:
        """Ask the store again; an answer that comes after a newer question is dropped, and not even looked for."""
        self._question += 1
        self.queues.show_picked(searching=bool(self.search.text().strip()))
        question, words, queue = self._question, self.search.text(), self.queues.picked
        desk = self.session.desk
        now = desk.queue.now()

        limit = FOUND if words.strip() else LISTED

        def look() -> Answer | None:
            if question != self._question:
                return None
            if words.strip():
                return desk.see.find(words, desk.officer, limit + 1, self._named), None
            listed = desk.dossiers.queue(queue, desk.officer, now, limit + 1)
            return listed, desk.dossiers.counts(desk.officer, now)

        def found(answer: Answer | None) -> None:
            if answer is None or question != self._question:
                return
            listed, counts = answer
            current = self._current()
            self._before = current.id if current else self._before
            self.table.show_found(listed[:limit], Queue.ALL if words.strip() else queue, now)
            self._show(listed[:limit], words, queue, more=len(listed) > limit)
            if counts is not None:
                self.queues.show_counts(counts)
                self.counted.emit()

        self.session.tasks.look(look, found, lambda error: self._on_failed(error, question))

    def _on_moved(self) -> None:
        """Whatever comes to the front is asked for anew: behind another page nobody sees it."""
        if self.isVisible():
            self.reload()

    def _on_minute(self) -> None:
        if self.isVisible():
            self.reload()
            self._look_at_ground()

    def _look_at_ground(self) -> None:
        """What an officer should know before beginning: the disk, the folder, the clock, what a restore left out."""
        desk, tasks = self.session.desk, self.session.tasks
        tasks.look(desk.guard.obstacles, self._show_ground, self.session.failed.emit)
        tasks.look(desk.shift.brought_back, self._show_brought_back, self.session.failed.emit)

    def _show_ground(self, obstacles: Sequence[StationError]) -> None:
        self.ground.setText("\n".join(str(error_text(self.language, one)) for one in obstacles))
        self.ground.setVisible(bool(obstacles))

    def _show_brought_back(self, found: Sequence[BroughtBack]) -> None:
        self.brought_back.setText("\n".join(brought_back_words(one, self.language) for one in found))
        self.brought_back.setVisible(bool(found))

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(label(self.language("step.home"), "title"))
        top.addWidget(self.search, 1)
        bottom = QHBoxLayout()
        bottom.addWidget(self.discard)
        bottom.addSpacing(12)
        bottom.addWidget(self.told, 1)
        bottom.addWidget(self.forms)
        bottom.addWidget(self.open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.ground)
        column.addWidget(self.brought_back)
        column.addWidget(self.queues)
        column.addWidget(self._stack, 1)
        column.addWidget(self.why)
        column.addLayout(bottom)
        self.setTabOrder(self.search, self.view)  # the views have keys of their own, and come last
        self.setTabOrder(self.view, self.discard)
        self.setTabOrder(self.discard, self.open)
        before = self.open
        for made in self.queues.buttons.values():
            self.setTabOrder(before, made)
            before = made

    def _show(self, found: Sequence[Summary], words: str, queue: Queue, *, more: bool) -> None:
        before = self._before
        self._show_columns(Queue.ALL if words.strip() else queue)
        if found:
            place = next((row for row, one in enumerate(found) if one.id == before), 0)
            self.view.pick_row(place)
            self._stack.setCurrentWidget(self.view)
        elif words.strip():
            self._tell_nothing("counter.home.nothing_found", "counter.home.nothing_found_do")
        else:
            self._tell_nothing(f"queue.empty.{queue.value}", f"queue.empty_do.{queue.value}")
        key = ("found" if words.strip() else "listed") + ("_many" if more else "")
        self.told.setText(self.language(f"queue.{key}", count=len(found)) if found else "")
        self._on_current_changed()
        if self._arriving and found and not words:
            self.view.setFocus()
        self._arriving = False

    def _show_columns(self, queue: Queue) -> None:
        """A number that nothing in this view can have leaves its room to the reason why it waits."""
        self.view.setColumnHidden(COLUMNS.index("number"), queue in UNSEALED)
        self.view.setColumnHidden(COLUMNS.index("hub_number"), queue in (*UNSEALED, Queue.WAITING, Queue.STUCK))

    def _tell_nothing(self, sentence: str, next_step: str) -> None:
        told = self.language(next_step, soon=DUE_SOON, late=DUE_LATE)
        self._nothing.tell(self.language(sentence), told)
        self._stack.setCurrentWidget(self._nothing)

    def _on_failed(self, error: StationError, question: int) -> None:
        """Nothing is listed rather than something old; what was asked meanwhile has its own answer."""
        if question == self._question:
            self.table.show_found((), self.queues.picked, self.session.desk.queue.now())
            self._tell_nothing("queue.failed", "queue.failed_do")
            self.told.setText("")
            self._on_current_changed()
        self.session.failed.emit(error)

    def _on_seated(self) -> None:
        """«Của tôi» is somebody else's now."""
        self.table.officer = self.session.desk.officer
        self.reload()

    def _on_queue_asked(self) -> None:
        """A view is picked by its key: the words go, and the keyboard is in the list."""
        self._pause.stop()
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._arriving = True
        self.reload()

    def _current(self) -> Summary | None:
        index = self.view.currentIndex()
        return self.table.found[index.row()] if index.isValid() and index.row() < len(self.table.found) else None

    def _on_current_changed(self, _now: QModelIndex | None = None, _before: QModelIndex | None = None) -> None:
        one = self._current()
        self.open.setEnabled(one is not None and one.state is not State.DISCARDED)
        self.discard.setEnabled(one is not None and one.state is State.OPEN)
        told = self.table.why_of(one) if one else None
        self.why.setVisible(told is not None)
        if one and one.progress:
            self.why.show_why(told, one.progress.delivery, one.number or "")

    def _on_open(self) -> None:
        one = self._current()
        if one and one.state is not State.DISCARDED:
            desk = self.session.desk
            self.session.tasks.write(lambda: desk.see(one.id, desk.officer), self.chosen.emit, self.session.failed.emit)

    def _on_discard(self) -> None:
        one, session = self._current(), self.session
        if one is None or one.state is not State.OPEN:
            return
        name = one.person_name or self.language("counter.home.no_person")
        if not ask(self, self.language, "counter.home.discard_ask", name=name, pages=one.pages):
            return
        second = ask_second(self, session, Deed.DISCARD)
        if second is not None:
            session.tasks.write(
                lambda: session.desk.discard_dossier(one.id, session.desk.officer, second),
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
