"""One question of two texts: both side by side with who, when and why, the piece of paper, and the answer."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout

from station.dossier.dossier import Dossier
from station.dossier.hub_changes import HubWord
from station.dossier.question import Disputed, Question
from station.ui.province.case_words import revision_of, revision_words
from station.ui.province.choice import Choice
from station.ui.province.value_piece import ValuePiece
from station.ui.session import Session
from station.ui.widgets.buttons import button, name
from station.ui.widgets.labels import label
from station.ui.widgets.text_line import TextLine
from station.ui.words import value_typed, value_words


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the dossier it is about, as it was sealed and as it is now."""

    question: Question
    dossier: Dossier
    word: HubWord


class QuestionCard(QFrame):
    """Nothing is chosen before a person chooses. Values of one question come one after the other."""

    settled = Signal(str, object, str)
    """Question id, the text for each value, the reason."""
    lacking = Signal(str)
    """A key of what is still missing before the answer counts."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._language = session, session.language
        self._asked: Asked | None = None
        self._place = 0
        self._chosen: dict[str, str] = {}
        say = self._language
        self.setProperty("role", "card")
        self.number = label(role="hint")
        self.piece = ValuePiece(session)
        self.before = label(role="hint", wrap=True)
        self.other_text = TextLine()
        self.other_text.setAccessibleName(say("province.question.other"))
        self.hub = Choice(say("province.question.hub"), "1")
        self.station = Choice(say("province.question.station"), "2")
        self.other = Choice(say("province.question.other"), "3", self.other_text)
        self.other.who.setText(say("province.question.other_hint"))
        self._group = QButtonGroup(self)
        self.choices = (self.hub, self.station, self.other)
        for one in self.choices:
            self._group.addButton(one.mark)
        self.reason = TextLine()
        self.reason.setAccessibleName(say("province.question.reason"))
        self.reason.setPlaceholderText(say("province.question.reason_hint"))
        self.missing = label(role="error", wrap=True)
        self.settle = button(say("province.question.settle"), self._on_settle, "primary", "Enter")
        self._build()
        self.other_text.textEdited.connect(lambda _text: self.other.mark.setChecked(True))
        self._group.buttonToggled.connect(lambda _button, _on: self.missing.setText(""))

    @property
    def asked(self) -> Asked | None:
        """What stands here."""
        return self._asked

    def show_asked(self, asked: Asked) -> None:
        """The first value of the question, with nothing chosen."""
        if self._asked is not None and self._asked.question.id == asked.question.id:
            return  # what was begun here goes on
        self._asked, self._place, self._chosen = asked, 0, {}
        self.reason.clear()
        self._show_field()

    def forget(self) -> None:
        """Nothing of it stays."""
        self._asked, self._chosen = None, {}
        self.piece.forget()
        for part in (self.number, self.before, self.missing, self.hub.text, self.station.text):
            part.setText("")
        for one in (self.hub, self.station):
            one.who.setText("")
        self.other_text.clear()
        self.reason.clear()

    def enter(self) -> None:
        """The keyboard is at the first choice, which is not made by that."""
        self.hub.mark.setFocus()

    def _field(self) -> Disputed | None:
        return self._asked.question.fields[self._place] if self._asked else None

    def _show_field(self) -> None:
        asked, field, say = self._asked, self._field(), self._language
        if asked is None or field is None:
            return
        entry = asked.dossier.entry(field.value)
        now, many = self._session.desk.queue.now(), len(asked.question.fields)
        place = say("province.question.place", place=self._place + 1, count=many) if many > 1 else ""
        self.number.setText("  ·  ".join(part for part in (asked.question.number or "", place) if part))
        self.piece.show_entry(asked.dossier, entry)
        hub, station = (value_words(entry.key, text, say) for text in (field.hub, field.station))
        theirs = revision_of(asked.word, field.value, field.hub, ours=False)
        ours = revision_of(asked.word, field.value, field.station, ours=True)
        self.hub.show_text(hub, station, revision_words(theirs, now, say))
        self.station.show_text(station, hub, revision_words(ours, now, say))
        self.before.setText(say("province.question.before", value=value_words(entry.key, field.base, say)))
        self._group.setExclusive(False)
        for one in self.choices:
            one.mark.setChecked(False)
        self._group.setExclusive(True)
        self.other_text.clear()
        self.missing.setText("")
        last = self._place == many - 1
        name(self.settle, say("province.question.settle" if last else "province.question.next"), "Enter")

    def _text_chosen(self, field: Disputed) -> str:
        if self.hub.mark.isChecked():
            return field.hub
        if self.station.mark.isChecked():
            return field.station
        if self.other.mark.isChecked() and self._asked:
            return value_typed(self._asked.dossier.entry(field.value).key, self.other_text.text(), self._language)
        return ""

    def _on_settle(self) -> None:
        asked, field = self._asked, self._field()
        if asked is None or field is None:
            return
        text, say = self._text_chosen(field), self._language
        if not text:
            third = self.other.mark.isChecked()
            self.missing.setText(
                say("province.question.nothing_typed" if third else "province.question.nothing_chosen")
            )
            (self.other_text if third else self.hub.mark).setFocus()
            return
        last = self._place == len(asked.question.fields) - 1
        if last and not self.reason.text().strip():
            self.missing.setText(say("province.question.no_reason"))
            self.reason.setFocus()
            return
        self._chosen[field.value] = text
        if last:
            self.settled.emit(asked.question.id, dict(self._chosen), self.reason.text().strip())
        else:
            self._place += 1
            self._show_field()
            self.enter()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(6)
        column.addWidget(self.number)
        column.addWidget(self.piece)
        column.addWidget(self.before)
        for one in self.choices:
            column.addWidget(one)
        why = QHBoxLayout()
        why.setSpacing(10)
        why.addWidget(label(self._language("province.question.reason")))
        why.addWidget(self.reason, 1)
        column.addLayout(why)
        bottom = QHBoxLayout()
        bottom.addWidget(self.missing, 1)
        bottom.addWidget(self.settle)
        column.addStretch()
        column.addLayout(bottom)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1, 2 and 3 choose; Enter counts; a digit in a line of text is the line's."""
        digits = {Qt.Key.Key_1: self.hub, Qt.Key.Key_2: self.station, Qt.Key.Key_3: self.other}
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_settle()
        elif event.key() in digits and not event.modifiers():
            chosen = digits[Qt.Key(event.key())]
            chosen.mark.setChecked(True)
            (self.other_text if chosen is self.other else self.reason).setFocus()
        else:
            super().keyPressEvent(event)
