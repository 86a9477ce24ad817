"""One value under the officer's eyes: its crop, what each source read, and the line to type in."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from station.actions.offer_values import Offers
from station.clock import VIETNAM
from station.dossier.entry import Entry
from station.language import Language
from station.ui.widgets.buttons import button
from station.ui.widgets.crop import Crop
from station.ui.widgets.labels import label, set_role
from station.ui.widgets.value_line import ValueLine
from station.ui.words import field_words, source_words, value_typed, value_words

_ROLES = {"disputed": "error", "contradicted": "warning", "look": "warning", "checked": "ok", "vouched": "ok"}
CORRECTIONS_SHOWN = 2
NO_OFFERS = Offers()


class ValueEditor(QFrame):
    """Enter emits `accepted` with the normalised value; Tab and Shift+Tab ask for the next and the one before."""

    accepted = Signal(str)
    next_asked = Signal(int)

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._language = language
        self._entry: Entry | None = None
        self._written = ""
        self.setProperty("role", "card")
        self.field, self.state = label(role="subtitle", wrap=True), label()
        self.crop = Crop(language("review.crop"))
        self.line = ValueLine()
        self.readings = QVBoxLayout()
        self.readings.setSpacing(4)
        self._offers: list[QWidget] = []
        self._readings_shown: tuple[tuple[str, str], ...] = ()
        self.history = label(role="hint", wrap=True)
        self.right = button(language("review.right"), self._on_enter, "primary", "Enter")
        self.right.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(self.line)
        self.line.entered.connect(self._on_enter)
        self.line.tabbed.connect(self.next_asked.emit)
        top = QHBoxLayout()
        top.addWidget(self.field, 1)
        top.addWidget(self.state)
        typing = QHBoxLayout()
        typing.setSpacing(8)
        typing.addWidget(self.line, 1)
        typing.addWidget(self.right, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.crop)
        column.addLayout(typing)
        column.addLayout(self.readings)
        column.addWidget(self.history)

    @property
    def typed(self) -> str | None:
        """The normalised value that was typed and not yet kept; None where nothing was."""
        words = self.line.text()
        if self._entry is None or words == self._written or not words.strip():
            return None
        return value_typed(self._entry.key, words, self._language)

    def show_entry(self, entry: Entry | None, state: str = "look", offers: Offers = NO_OFFERS) -> None:
        """A value to look at, `state` as in the list; what is being typed into it stays. None forgets all."""
        before, self._entry = self._entry, entry
        if entry is None:
            self._written = ""
            self.line.setText("")
            self._show_readings(())
            return
        name = field_words(entry.key, self._language)
        self.field.setText(name)
        self.state.setText(self._language(f"review.state.{state}"))
        set_role(self.state, _ROLES[state])
        if before is None or (before.id, before.value) != (entry.id, entry.value):
            self._written = value_words(entry.key, entry.value, self._language)
            self.line.setAccessibleName(name)
            self._restore()
        readings = (*self._readings(entry), *self._offered(entry.key, offers))
        if before is None or before.id != entry.id or readings != self._readings_shown:
            self._show_readings(readings)
        self.history.setText("\n".join(self._told(entry)))
        self.history.setVisible(bool(entry.corrections))

    def show_crop(self, picture: QPixmap | None) -> None:
        """The piece of paper the value was read from; of a code, no piece is known."""
        on_page = self._entry is not None and self._entry.page_id is not None
        self.crop.show_picture(picture, self._language("review.no_place" if on_page else "review.no_crop"))

    def _restore(self) -> None:
        self.line.setText(self._written)
        self.line.selectAll()

    def _readings(self, entry: Entry) -> tuple[tuple[str, str], ...]:
        """Source and words of each reading, where they differ."""
        if not entry.contradicted:
            return ()
        words = partial(value_words, entry.key, language=self._language)
        return tuple((source_words(read.source, self._language), words(read.value)) for read in entry.readings)

    def _offered(self, key: str, offers: Offers) -> tuple[tuple[str, str], ...]:
        """Where an offer comes from, and its words."""
        named = (("review.perhaps", offers.perhaps), ("review.today", offers.today))
        return tuple(
            (self._language(name), value_words(key, value, self._language))
            for name, values in named
            for value in values
        )

    def _show_readings(self, readings: tuple[tuple[str, str], ...]) -> None:
        self._readings_shown = readings
        for old in self._offers:
            self.readings.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._offers = []
        for place, (source, words) in enumerate(readings, 1):
            offer = QWidget()
            row = QHBoxLayout(offer)
            row.setContentsMargins(0, 0, 0, 0)
            take = button(self._language("review.take"), partial(self._on_taken, words), "secondary", f"Ctrl+{place}")
            take.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            take.setAccessibleName(f"{self._language('review.take')}: {source}: {words}")
            row.addWidget(take, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(label(f"{source}: {words}", wrap=True), 1)
            self.readings.addWidget(offer)
            self._offers.append(offer)

    def _told(self, entry: Entry) -> list[str]:
        return [
            self._language(
                "review.corrected",
                by=made.by,
                time=f"{made.at.astimezone(VIETNAM):%H:%M %d/%m/%Y}",
                old=value_words(entry.key, made.old, self._language),
            )
            for made in entry.corrections[-CORRECTIONS_SHOWN:]
        ]

    def _on_taken(self, words: str) -> None:
        self.line.setText(words)
        self.line.setFocus()

    def _on_enter(self) -> None:
        if self._entry is not None:
            self.accepted.emit(value_typed(self._entry.key, self.line.text(), self._language))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes back what was typed; with nothing typed it is the window's."""
        if event.key() == Qt.Key.Key_Escape and self._entry is not None and self.line.text() != self._written:
            self._restore()
        else:
            super().keyPressEvent(event)
