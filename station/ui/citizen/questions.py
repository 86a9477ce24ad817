"""The values that the citizen is asked about, one at a time, each with Đúng and Sai."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from station.dossier.confirmation import questions
from station.dossier.dossier import Dossier
from station.dossier.entry import Verdict
from station.dossier.showing import CITIZEN, Shown
from station.ui.citizen.fitted import FittedLabel
from station.ui.citizen.question import Question
from station.ui.citizen.scale import PLAIN, SMALL, TARGET, scale_of, scaled
from station.ui.citizen.voice import Voice
from station.ui.session import Session
from station.ui.widgets.page_pictures import PagePictures
from station.ui.words import entry_page

DEAF = 400
"""Milliseconds after another value came up in which taps count for nothing: they were meant for what stood there."""


class QuestionsView(QWidget):
    """Goes on by itself when the value has its answer; two buttons lead back and forth."""

    all_answered = Signal()

    def __init__(self, session: Session, voice: Voice) -> None:
        super().__init__()
        self.session, self._voice = session, voice
        self._pictures = PagePictures(session)
        self._dossier: Dossier | None = None
        self._asked: list[str] = []
        self._place = 0
        self._shown: tuple[str, str] | None = None
        self._since = QElapsedTimer()
        self.title, self.place = FittedLabel("plain"), FittedLabel("large", Qt.AlignmentFlag.AlignRight)
        self.question = Question(voice)
        self.questions = (self.question,)
        self.before, self.after = QPushButton(), QPushButton()
        for way, step in ((self.before, -1), (self.after, 1)):
            way.setProperty("role", "way")
            way.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)
            way.clicked.connect(lambda _checked=False, step=step: self._go(step))
        self.question.answered.connect(self._on_answered)
        self.question.uncovered.connect(self._since.start)
        self._build()
        self.retell()

    @property
    def listening(self) -> bool:
        """Whether what stands here has stood long enough for a tap to be meant for it."""
        return self._since.isValid() and self._since.elapsed() >= DEAF

    def begin(self, dossier: Dossier | None) -> None:
        """Start with the first value that has no answer; None forgets everything, pictures as well."""
        if dossier is None:
            self._pictures.forget()
        self._dossier = dossier
        self._asked = self._now_asked()
        self._place = next((place for place in range(len(self._asked)) if self._open(place)), 0)
        self._show()

    def show_dossier(self, dossier: Dossier | None) -> None:
        """An answer was kept, or the officer changed a value."""
        if dossier is None or self._dossier is None or dossier.id != self._dossier.id:
            self.begin(dossier)
            return
        was_open = bool(self._asked) and self._open(self._place)
        self._dossier = dossier
        self._asked = self._now_asked()
        self._place = min(self._place, max(0, len(self._asked) - 1))
        if self._asked and was_open and not self._open(self._place):
            waiting = [place for place in range(len(self._asked)) if self._open(place)]
            if not waiting:
                self._show()
                self.all_answered.emit()
                return
            self._place = next((place for place in waiting if place > self._place), waiting[0])
        self._show()

    def answer(self, verdict: Verdict) -> None:
        """The pad's Đúng or Sai: counts like a tap on the button."""
        if self.listening:
            self.question.say(verdict)

    def retell(self) -> None:
        """In the language of now."""
        self.title.setText(self._voice("citizen.ask"))
        self.before.setText(self._voice("citizen.before"))
        self.after.setText(self._voice("citizen.after"))
        self.question.retell()
        self._tell_place()

    def _now_asked(self) -> list[str]:
        return [entry.id for entry in questions(self._dossier)] if self._dossier else []

    def _open(self, place: int) -> bool:
        return self._dossier is not None and self._dossier.entry(self._asked[place]).answer is None

    def _build(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.title, 5)
        top.addWidget(self.place, 1)
        ways = QHBoxLayout()
        ways.setSpacing(16)
        ways.addWidget(self.before)
        ways.addWidget(self.question.right, 1)
        ways.addWidget(self.question.wrong, 1)
        ways.addWidget(self.after)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 4, 24, 20)
        column.setSpacing(12)
        column.addLayout(top)
        column.addWidget(self.question, 1)
        column.addLayout(ways)

    def _show(self) -> None:
        entry, dossier = None, self._dossier
        if dossier is not None and self._asked:
            entry = dossier.entry(self._asked[self._place])
            page = entry_page(dossier, entry)
            self.question.show_entry(entry, page)
            if page is not None and entry.box is not None:
                shown = entry.id
                self._pictures.ask(page, lambda image: self.question.show_image(shown, image))
        else:
            self.question.show_entry(None)
        self._tell_place()
        self.before.setEnabled(self._place > 0)
        self.after.setEnabled(self._place + 1 < len(self._asked))
        now = (entry.id, entry.value) if entry else None
        if now != self._shown:
            self._shown = now
            self._since.start()

    def _tell_place(self) -> None:
        there = bool(self._asked)
        self.place.setText(f"{self._place + 1} / {len(self._asked)}" if there else "")
        name = self._voice("citizen.place", place=self._place + 1, of=len(self._asked)) if there else ""
        self.place.setAccessibleName(name)

    def _on_answered(self, entry_id: str, kept: str, verdict: Verdict) -> None:
        if self.listening:
            shown = Shown(CITIZEN, self._voice.language.name, (self.question.shown(),))
            self.session.answer(entry_id, kept, verdict, shown)

    def _go(self, step: int) -> None:
        self._place = min(max(self._place + step, 0), max(0, len(self._asked) - 1))
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        scale = scale_of(self.window().size())
        self.title.show_text(self.title.text(), scaled(self.font(), SMALL, scale))
        self.place.show_text(self.place.text(), scaled(self.font(), PLAIN, scale, bold=True))
        for text in (self.title, self.place):
            text.setFixedHeight(round(34 * scale))
        for way in (self.before, self.after):
            way.setFont(scaled(self.font(), SMALL, scale))
            way.setMinimumSize(round(TARGET * scale), round(TARGET * scale))
        self.question.set_scale(scale)
