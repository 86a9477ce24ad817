"""What else a value may be, each with a key: other readings, what the lists know, an old address in today's units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from station.actions.offer_values import Offers
from station.dossier.entry import Entry
from station.dossier.text import same
from station.language import Language
from station.ui.widgets.buttons import button
from station.ui.widgets.differing import differing
from station.ui.widgets.labels import label
from station.ui.words import source_words, value_words

NO_OFFERS = Offers()


@dataclass(frozen=True, slots=True)
class Choice:
    """`words` as they stand on the screen. `at_once`: it is what the paper says, and choosing it decides."""

    source: str
    words: str
    at_once: bool = True
    taken: bool = False
    """It is the value that stands in the line: shown beside the others, with no key of its own."""


def choices_of(entry: Entry, offers: Offers, language: Language) -> tuple[Choice, ...]:
    """The readings where they differ, then what else may be printed, then what may be written instead."""
    words = partial(value_words, entry.key, language=language)
    found = []
    if entry.contradicted:
        found = [
            Choice(source_words(read.source, language), words(read.value), taken=read.value == entry.value)
            for read in entry.readings
        ]
    shown = [choice.words for choice in found]
    perhaps = [words(value) for value in offers.perhaps if not any(same(words(value), one) for one in shown)]
    return (
        *found,
        *(Choice(language("review.perhaps"), one) for one in perhaps),
        *(Choice(language("review.today"), words(value), at_once=False) for value in offers.today),
    )


class Choices(QWidget):
    """One row a choice; Ctrl and its number choose it from wherever the keyboard is."""

    decided = Signal(str)
    filled = Signal(str)

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._shown: tuple[Choice, ...] = ()
        self._beside = ""
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)

    def show_choices(self, choices: Sequence[Choice], beside: str = "") -> None:
        """Replace the rows, unless they are there already; where a reading differs from `beside` stands out."""
        if (tuple(choices), beside) == (self._shown, self._beside):
            return
        self._shown, self._beside = tuple(choices), beside
        for old in self._rows:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = []
        number = 0
        for choice in self._shown:
            number += not choice.taken
            self._rows.append(self._row(choice, number))
            self._column.addWidget(self._rows[-1])
        self.setVisible(bool(self._rows))

    def _row(self, choice: Choice, number: int) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        if not choice.taken:
            text = self._language("review.take" if choice.at_once else "review.fill")
            signal = self.decided if choice.at_once else self.filled
            take = button(text, partial(signal.emit, choice.words), "secondary", f"Ctrl+{number}")
            take.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            take.setAccessibleName(f"{text}: {choice.source}: {choice.words}")
            row.addWidget(take, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._told(choice), 1)
        return made

    def _told(self, choice: Choice) -> QLabel:
        told = label(f"{choice.source}: {choice.words}", wrap=True)
        told.setAccessibleName(told.text())
        if choice.at_once and not choice.taken:
            told.setTextFormat(Qt.TextFormat.RichText)
            ground = self.palette().color(QPalette.ColorRole.Highlight).name()
            told.setText(f"{escape(choice.source)}: {differing(choice.words, self._beside, ground)}")
        return told
