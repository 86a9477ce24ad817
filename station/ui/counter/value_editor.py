"""One value under the officer's eyes: its crop, what each source read, and the line to type in."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from station.actions.offer_values import Offers
from station.clock import VIETNAM
from station.dossier.entry import Entry
from station.language import Language
from station.ui.counter.choices import NO_OFFERS, Choices, choices_of
from station.ui.widgets.buttons import button
from station.ui.widgets.crop import Crop
from station.ui.widgets.labels import label, set_role
from station.ui.widgets.value_line import ValueLine
from station.ui.words import doubt_words, field_words, value_typed, value_words

_ROLES = {
    "disputed": "error",
    "contradicted": "warning",
    "look": "warning",
    "checked": "ok",
    "vouched": "ok",
    "typed": "ok",
}
CORRECTIONS_SHOWN = 2


class ValueEditor(QFrame):
    """Enter emits `accepted` with the normalised value; Tab and Shift+Tab ask for the next and the one before."""

    accepted = Signal(str)
    left_empty = Signal()
    """Of handwriting: there is nothing to type after all."""
    next_asked = Signal(int)

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._entry: Entry | None = None
        self._written = ""
        self.setProperty("role", "card")
        self.field, self.state = label(role="subtitle", wrap=True), label()
        self.crop = Crop(language("review.crop"))
        self.line = ValueLine()
        self.why = label(role="warning", wrap=True)
        self.choices = Choices(language)
        self.empty = button(language("review.other.leave_empty"), self.left_empty.emit, "secondary", "Ctrl+E")
        self.empty.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.history = label(role="hint", wrap=True)
        self.right = button(language("review.right"), self._on_enter, "primary", "Enter")
        self.right.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(self.line)
        self.line.entered.connect(self._on_enter)
        self.line.tabbed.connect(self.next_asked.emit)
        self.choices.decided.connect(self._on_decided)
        self.choices.filled.connect(self._on_filled)
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
        column.addWidget(self.why)
        column.addWidget(self.crop)
        column.addLayout(typing)
        column.addWidget(self.empty, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.choices)
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
            self.why.setText("")
            self.choices.show_choices(())
            return
        name = field_words(entry.key, self._language)
        self.field.setText(name)
        self.state.setText(self._language(f"review.state.{state}"))
        set_role(self.state, _ROLES[state])
        self.why.setText(doubt_words(entry, self._language) if state in ("look", "contradicted") else "")
        self.why.setVisible(bool(self.why.text()))
        self.empty.setVisible(not entry.value and not entry.checked_by)
        if before is None or (before.id, before.value) != (entry.id, entry.value):
            self._written = value_words(entry.key, entry.value, self._language)
            self.line.setAccessibleName(name)
            self._restore()
        written = value_words(entry.key, entry.value, self._language)
        self.choices.show_choices(choices_of(entry, offers, self._language), written)
        self.history.setText("\n".join(self._told(entry)))
        self.history.setVisible(bool(entry.corrections))

    def show_crop(self, picture: QPixmap | None) -> None:
        """The piece of paper the value was read from, None before it is there; of a code, no piece is known."""
        otherwise = "review.no_crop"
        if self._entry is not None and self._entry.page_id is not None:
            otherwise = "review.coming" if self._entry.box else "review.no_place"
        self.crop.show_picture(picture, self._language(otherwise))

    def _restore(self) -> None:
        self.line.setText(self._written)
        self.line.selectAll()

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

    def _on_decided(self, words: str) -> None:
        """Another reading is what the paper says: that decides, as Enter does about the one in the line."""
        self.line.setText(words)
        self.line.setFocus()
        self._on_enter()

    def _on_filled(self, words: str) -> None:
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
