"""The values that the citizen is asked about, a few at a time, each with Đúng and Sai."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from station.dossier.confirmation import questions
from station.dossier.dossier import Dossier
from station.dossier.entry import Entry, Verdict
from station.language import Language
from station.ui.citizen.question import Question, takes_two_places
from station.ui.citizen.scale import scale_of, scaled
from station.ui.session import Session
from station.ui.widgets.labels import label
from station.ui.words import entry_page, page_words, value_words

A_TIME = 4
"""Values on one screen: what an elderly reader takes in without losing the line."""
DEAF = 400
"""Milliseconds after another value came up in which taps count for nothing: they were meant for what stood there."""

Screen = tuple[tuple[str, int], ...]
"""Entry ids, each with how many of the places it takes."""


class QuestionsView(QWidget):
    """Goes on by itself when everything on the screen is answered; two buttons lead back and forth."""

    all_answered = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session, self.language = session, session.language
        self._dossier: Dossier | None = None
        self._screens: list[Screen] = []
        self._place = 0
        self._shown: list[tuple[str, str]] = []
        self._since = QElapsedTimer()
        self.title, self.paper, self.place = label(role="large"), label(role="plain"), label(role="plain")
        self.title.setText(self.language("citizen.ask"))
        self.questions = [Question(self.language) for _ in range(A_TIME)]
        self.before, self.after = QPushButton(), QPushButton()
        self.before.setText(self.language("citizen.before"))
        self.after.setText(self.language("citizen.after"))
        for way, step in ((self.before, -1), (self.after, 1)):
            way.setProperty("role", "way")
            way.clicked.connect(lambda _checked=False, step=step: self._go(step))
        for question in self.questions:
            question.answered.connect(self._on_answered)
        self._build()

    @property
    def listening(self) -> bool:
        """Whether what stands here has stood long enough for a tap to be meant for it."""
        return self._since.isValid() and self._since.elapsed() >= DEAF

    def begin(self, dossier: Dossier | None) -> None:
        """Start with the first value that has no answer; None forgets everything."""
        self._dossier = dossier
        self._screens = self._cut()
        self._place = next((place for place, screen in enumerate(self._screens) if self._open(screen)), 0)
        self._show()

    def show_dossier(self, dossier: Dossier | None) -> None:
        """An answer was kept, or the officer changed a value."""
        if dossier is None or self._dossier is None or dossier.id != self._dossier.id:
            self.begin(dossier)
            return
        was_open = bool(self._screens) and self._open(self._screens[self._place])
        self._dossier = dossier
        self._screens = self._cut()
        self._place = min(self._place, max(0, len(self._screens) - 1))
        if self._screens and was_open and not self._open(self._screens[self._place]):
            waiting = [place for place, screen in enumerate(self._screens) if self._open(screen)]
            if not waiting:
                self._show()
                self.all_answered.emit()
                return
            self._place = next((place for place in waiting if place > self._place), waiting[0])
        self._show()

    def _cut(self) -> list[Screen]:
        if self._dossier is None:
            return []
        return _screens(questions(self._dossier), self.font(), self.language)

    def _open(self, screen: Screen) -> bool:
        """Whether a value on this screen has no answer yet."""
        return self._dossier is not None and any(self._dossier.entry(entry_id).answer is None for entry_id, _ in screen)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.place)
        ways = QHBoxLayout()
        ways.addWidget(self.before)
        ways.addStretch()
        ways.addWidget(self.after)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(32, 16, 32, 16)
        self._column.setSpacing(8)
        self._column.addLayout(top)
        self._column.addWidget(self.paper)
        for question in self.questions:
            self._column.addWidget(question, 1)
        self._column.addLayout(ways)

    def _show(self) -> None:
        shown: list[Entry] = []
        rooms: list[int] = []
        self.paper.setText("")
        self.place.setText("")
        if self._dossier is not None and self._screens:
            shown = [self._dossier.entry(entry_id) for entry_id, _ in self._screens[self._place]]
            rooms = [room for _, room in self._screens[self._place]]
            self.paper.setText(page_words(entry_page(self._dossier, shown[0]), self.language))
            self.place.setText(self.language("citizen.place", place=self._place + 1, of=len(self._screens)))
        free = A_TIME - sum(rooms)
        for place, question in enumerate(self.questions):
            used = place < len(shown)
            question.show_entry(shown[place] if used else None)
            question.setVisible(used or place < len(shown) + free)
            self._column.setStretchFactor(question, rooms[place] if used else 1)
        self.before.setEnabled(self._place > 0)
        self.after.setEnabled(self._place + 1 < len(self._screens))
        now = [(entry.id, entry.value) for entry in shown]
        if now != self._shown:
            self._shown = now
            self._since.start()

    def _on_answered(self, entry_id: str, shown: str, verdict: Verdict) -> None:
        if self.listening:
            self.session.answer(entry_id, shown, verdict)

    def _go(self, step: int) -> None:
        self._place = min(max(self._place + step, 0), max(0, len(self._screens) - 1))
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        scale = scale_of(self.window().size())
        self.title.setFont(scaled(self.font(), 22, scale, bold=True))
        self._write(self.paper, 16, scale)
        self._write(self.place, 16, scale)
        for way in (self.before, self.after):
            way.setFont(scaled(self.font(), 15, scale))
            way.setMinimumHeight(round(44 * scale))
        for question in self.questions:
            question.set_scale(scale)

    def _write(self, text: QLabel, points: float, scale: float) -> None:
        text.setFont(scaled(self.font(), points, scale))
        text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def _screens(asked: tuple[Entry, ...], font: QFont, language: Language) -> list[Screen]:
    """The values cut into screens; a screen holds values of one paper only, and a long one takes two places."""
    screens: list[list[tuple[str, int]]] = []
    paper, left = None, 0
    for entry in asked:
        room = 2 if takes_two_places(value_words(entry.key, entry.value, language), font) else 1
        if not screens or room > left or entry.page_id != paper:
            screens.append([])
            paper, left = entry.page_id, A_TIME
        screens[-1].append((entry.id, room))
        left -= room
    return [tuple(screen) for screen in screens]
