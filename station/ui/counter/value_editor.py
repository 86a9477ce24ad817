"""One value under the officer's eyes: its crop, what each source read, and the line to type in."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout

from station.dossier.dossier import Entry
from station.language import Language
from station.ui.counter.review_list import state_of
from station.ui.widgets.buttons import button
from station.ui.widgets.labels import label, set_role
from station.ui.words import field_words, source_words, value_typed, value_words

_ROLES = {"disputed": "error", "contradicted": "warning", "look": "warning", "checked": "ok", "vouched": "ok"}


class ValueEditor(QFrame):
    """Enter emits `accepted` with the normalised value; Tab and Shift+Tab ask for the next and the one before."""

    accepted = Signal(str)
    next_asked = Signal(int)

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language, self._key = language, ""
        self._offers: list[QPushButton] = []
        self.setProperty("role", "card")
        self.field, self.state = label(role="subtitle", wrap=True), label()
        self.crop = QLabel()
        self.crop.setMinimumHeight(48)
        self.crop.setAccessibleName(language("review.crop"))
        self.line = QLineEdit()
        self.line.setObjectName("value")
        self.readings = QVBoxLayout()
        self.readings.setSpacing(2)
        self.history = label(role="hint", wrap=True)
        self.right = button(language("review.right"), self._on_enter, "primary", "Enter")
        self.right.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(self.line)
        self.line.installEventFilter(self)
        top = QHBoxLayout()
        top.addWidget(self.field, 1)
        top.addWidget(self.state)
        typing = QHBoxLayout()
        typing.setSpacing(8)
        typing.addWidget(self.line, 1)
        typing.addWidget(self.right)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.crop)
        column.addLayout(typing)
        column.addLayout(self.readings)
        column.addWidget(self.history)

    def show_entry(self, entry: Entry) -> None:
        """A value to look at; what is being typed into the same, unchanged value stays."""
        state = state_of(entry)
        self.field.setText(field_words(entry.key, self._language))
        self.state.setText(self._language(f"review.state.{state}"))
        set_role(self.state, _ROLES[state])
        shown = (entry.id, entry.value)
        if self.line.property("shown") != shown:
            self._key = entry.key
            self.line.setProperty("shown", shown)
            self.line.setText(value_words(entry.key, entry.value, self._language))
            self.line.setAccessibleName(field_words(entry.key, self._language))
            self.line.selectAll()
        self._show_readings(entry)
        self.history.setText("\n".join(self._told(entry)))
        self.history.setVisible(bool(entry.corrections))

    def show_crop(self, picture: QPixmap | None) -> None:
        """The piece of paper the value was read from."""
        self.crop.setPixmap(picture or QPixmap())
        if picture is None:
            self.crop.setText(self._language("review.no_crop"))

    def _show_readings(self, entry: Entry) -> None:
        for old in self._offers:
            self.readings.removeWidget(old)
            old.deleteLater()
        self._offers.clear()
        if not entry.contradicted:
            return
        for place, read in enumerate(entry.readings, 1):
            words = value_words(entry.key, read.value, self._language)
            text = f"{source_words(read.source, self._language)}: {words}"
            take = button(text, partial(self._on_taken, words), "quiet", f"Ctrl+{place}")
            self._offers.append(take)
            take.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.readings.addWidget(take, 0, Qt.AlignmentFlag.AlignLeft)

    def _told(self, entry: Entry) -> list[str]:
        return [
            self._language(
                "review.corrected",
                by=made.by,
                time=f"{made.at:%H:%M %d/%m/%Y}",
                old=value_words(entry.key, made.old, self._language),
            )
            for made in entry.corrections
        ]

    def _on_taken(self, words: str) -> None:
        self.line.setText(words)
        self.line.setFocus()

    def _on_enter(self) -> None:
        self.accepted.emit(value_typed(self._key, self.line.text(), self._language))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
                self._on_enter()
                return True
            if event.key() == Qt.Key.Key_Backtab:
                self.next_asked.emit(-1)
                return True
            if event.key() == Qt.Key.Key_Tab:
                self.next_asked.emit(1)
                return True
        return super().eventFilter(watched, event)
