"""The values that the citizen is asked about, a few at a time, each with Đúng and Sai."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from station.dossier.confirmation import questions
from station.dossier.dossier import Dossier, Entry
from station.ui.citizen.question import Question
from station.ui.citizen.scale import scale_of, scaled
from station.ui.session import Session
from station.ui.widgets.labels import label
from station.ui.words import entry_page, page_words

A_TIME = 4
"""Values on one screen: what an elderly reader takes in without losing the line."""


class QuestionsView(QWidget):
    """Goes on by itself when everything on the screen is answered; two buttons lead back and forth."""

    all_answered = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session, self.language = session, session.language
        self._dossier: Dossier | None = None
        self._screens: list[tuple[str, ...]] = []
        self._place = 0
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
            question.answered.connect(session.answer)
        self._build()

    def begin(self, dossier: Dossier | None) -> None:
        """Start with the first value that has no answer; None forgets everything."""
        self._dossier = dossier
        asked = questions(dossier) if dossier else ()
        self._screens = _screens(asked)
        self._place = next((place for place, ids in enumerate(self._screens) if self._open(ids)), 0)
        self._show()

    def show_dossier(self, dossier: Dossier | None) -> None:
        """An answer was kept, or the officer changed a value."""
        if dossier is None or self._dossier is None or dossier.id != self._dossier.id:
            self.begin(dossier)
            return
        was_open = bool(self._screens) and self._open(self._screens[self._place])
        self._dossier = dossier
        self._screens = _screens(questions(dossier))
        self._place = min(self._place, max(0, len(self._screens) - 1))
        if self._screens and was_open and not self._open(self._screens[self._place]):
            waiting = [place for place, ids in enumerate(self._screens) if self._open(ids)]
            if not waiting:
                self._show()
                self.all_answered.emit()
                return
            self._place = next((place for place in waiting if place > self._place), waiting[0])
        self._show()

    def _open(self, ids: tuple[str, ...]) -> bool:
        """Whether a value on this screen has no answer yet."""
        return self._dossier is not None and any(self._dossier.entry(entry_id).answer is None for entry_id in ids)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.place)
        ways = QHBoxLayout()
        ways.addWidget(self.before)
        ways.addStretch()
        ways.addWidget(self.after)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 16, 32, 16)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.paper)
        for question in self.questions:
            column.addWidget(question, 1)
        column.addLayout(ways)

    def _show(self) -> None:
        shown: list[Entry] = []
        if self._dossier is not None and self._screens:
            shown = [self._dossier.entry(entry_id) for entry_id in self._screens[self._place]]
            self.paper.setText(page_words(entry_page(self._dossier, shown[0]), self.language))
            self.place.setText(self.language("citizen.place", place=self._place + 1, of=len(self._screens)))
        else:
            self.paper.setText("")
            self.place.setText("")
        for place, question in enumerate(self.questions):
            question.show_entry(shown[place] if place < len(shown) else None)
        self.before.setEnabled(self._place > 0)
        self.after.setEnabled(self._place + 1 < len(self._screens))

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


def _screens(asked: tuple[Entry, ...]) -> list[tuple[str, ...]]:
    """The values cut into screens; a screen holds values of one paper only."""
    screens: list[list[Entry]] = []
    for entry in asked:
        if not screens or len(screens[-1]) == A_TIME or screens[-1][0].page_id != entry.page_id:
            screens.append([])
        screens[-1].append(entry)
    return [tuple(entry.id for entry in screen) for screen in screens]
