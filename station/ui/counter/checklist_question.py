"""One question about the citizen's situation, answered with one key."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from station.dossier.checklist import Checklist
from station.language import Language
from station.ui.widgets.buttons import button, name
from station.ui.widgets.keys import act, tell_keys
from station.ui.widgets.labels import ElidedLabel, label


class QuestionBar(QFrame):
    """«Có (C)», «Không (K)». `tall`: the whole question on several lines, with its note.

    Else it is one line that gives way, below a field to type in: there its keys are Alt and the letter.
    """

    answered = Signal(str, bool)
    """The condition's key and the answer."""

    def __init__(self, language: Language, *, tall: bool) -> None:
        super().__init__()
        self._language, self._key, self._tall = language, "", tall
        self.question = label(role="subtitle", wrap=True) if tall else ElidedLabel(role="warning")
        self.hint = label(role="hint", wrap=True)
        self.yes = button("", lambda: self._answer(yes=True))
        self.no = button("", lambda: self._answer(yes=False))
        self._plain: list[QShortcut] = []
        for pressed, answer in ((self.yes, "yes"), (self.no, "no")):
            letter = language(f"checklist.question.key_{answer}")
            keys = letter if tall else f"Alt+{letter}"
            name(pressed, language(f"checklist.question.{answer}"), keys)
            does = f"{language('checklist.question.heading')}: {language(f'checklist.question.{answer}')}"
            tell_keys(pressed, keys, does)  # in the key map, «Có» alone would say nothing
            shortcut = act(pressed, keys, does, pressed.click)
            if tall:
                self._plain.append(shortcut)
        if tall:
            # A list of choices finds its entries by their first letters; it must not lose them to us.
            application = QApplication.instance()
            if isinstance(application, QApplication):
                application.focusChanged.connect(self._on_focus_changed)
        self._build(tall=tall)
        self.show_question(None)

    def show_question(self, made: Checklist | None) -> None:
        """The question to ask now; without one there is nothing to see."""
        asked = made.question if made else None
        self._key = asked.key if asked else ""
        self.setVisible(asked is not None)
        if asked is None or made is None:
            return
        self.question.setText(asked.question)
        told = [asked.note] if asked.note else []
        if made.suggested is not None:
            told.append(self._language(f"checklist.question.suggest_{'yes' if made.suggested else 'no'}"))
        self.hint.setText("\n".join(told))
        self.hint.setVisible(bool(told) and self._tall)  # on one line it has no place, and would be a window
        for pressed, suggested in ((self.yes, made.suggested is True), (self.no, made.suggested is False)):
            pressed.setProperty("role", "primary" if suggested else "secondary")
            pressed.style().unpolish(pressed)
            pressed.style().polish(pressed)
        self.setAccessibleName(f"{self._language('checklist.question.heading')}: {asked.question}")

    def _build(self, *, tall: bool) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        if tall:
            self.setProperty("role", "notice")
            row.addWidget(label(self._language("checklist.question.heading"), "hint", wrap=True), 1)
        else:
            row.addWidget(self.question, 1)
        row.addWidget(self.yes)
        row.addWidget(self.no)
        column = QVBoxLayout(self)
        column.setContentsMargins(*((12, 8, 12, 10) if tall else (0, 0, 0, 0)))
        column.setSpacing(4)
        column.addLayout(row)
        if tall:
            column.addWidget(self.question)
            column.addWidget(self.hint)

    def _answer(self, *, yes: bool) -> None:
        if self._key:
            self.answered.emit(self._key, yes)

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        for plain in self._plain:
            plain.setEnabled(not isinstance(now, QComboBox))
