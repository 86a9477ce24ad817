"""One value in large letters, the paper's own piece under it, and Đúng and Sai to answer with."""

from __future__ import annotations

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout

from station.dossier.entry import Entry, Verdict
from station.dossier.page import Page
from station.dossier.showing import ShownValue, covered, grouped, is_sensitive
from station.ui import theme
from station.ui.citizen.fitted import FittedLabel
from station.ui.citizen.paper_piece import PaperPiece
from station.ui.citizen.scale import FIELD, SMALL, TARGET, VALUE, scaled
from station.ui.citizen.voice import Voice
from station.ui.widgets.labels import set_role
from station.ui.words import field_words, page_words, value_words

OPEN_FOR = 5_000
"""Milliseconds that digits stay uncovered after they were touched."""


class Question(QFrame):
    """Emits `answered(entry id, value as kept, Verdict)`; the answer shown is the one that was kept.

    Digits that name a person are covered until they are touched, and so is their picture; Đúng to covered digits that
    were never seen uncovers them instead.
    """

    answered = Signal(str, str, object)
    uncovered = Signal()
    """Other words stand here now: what was meant for the old ones is over."""

    def __init__(self, voice: Voice) -> None:
        super().__init__()
        self._voice = voice
        self._entry: Entry | None = None
        self._page: Page | None = None
        self._image: QImage | None = None
        self._scale = 1.0
        self._covered = self._was_seen = False
        self.setProperty("role", "question")
        self.paper, self.field, self.value = FittedLabel("plain"), FittedLabel("plain"), FittedLabel("large")
        self.piece = PaperPiece()
        self.see = QPushButton()
        self.see.setProperty("role", "way")
        self.see.clicked.connect(self.toggle_cover)
        self.right, self.wrong = QPushButton(), QPushButton()
        for way, verdict, sign in (
            (self.right, Verdict.RIGHT, "citizen-right"),
            (self.wrong, Verdict.WRONG, "citizen-wrong"),
        ):
            way.setProperty("role", verdict.value)
            way.setProperty("said", False)
            way.setIcon(theme.light_icon(sign))
            way.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            way.clicked.connect(lambda _checked=False, verdict=verdict: self.say(verdict))
        self._closing = QTimer(self)
        self._closing.setSingleShot(True)
        self._closing.setInterval(OPEN_FOR)
        self._closing.timeout.connect(self._cover)
        self._build()

    @property
    def open(self) -> bool:
        """Whether a value stands here that has no answer yet."""
        return self._entry is not None and self._entry.answer is None

    @property
    def covered(self) -> bool:
        """Whether digits stand here that nobody can read."""
        return self._covered

    def show_entry(self, entry: Entry | None, page: Page | None = None) -> None:
        """A value and the page it stands on, or nothing."""
        known = self._entry
        another = entry is None or known is None or (entry.id, entry.value) != (known.id, known.value)
        self._entry, self._page = entry, page
        if another:
            self._closing.stop()
            self._image = None
            self._was_seen = False
            self._covered = entry is not None and is_sensitive(entry.key)
        self.retell()

    def show_image(self, entry_id: str, image: QImage) -> None:
        """The page's picture has been decoded; it may be too late for this question."""
        if self._entry is not None and self._entry.id == entry_id:
            self._image = image
            self._show_piece()

    def shown(self) -> ShownValue:
        """What stands here, for the record."""
        entry = self._entry
        if entry is None:
            raise ValueError("nothing is shown")
        return ShownValue(
            entry.id, self.field.text(), self.value.text(), self.paper.text(), self._covered, self.piece.shown
        )

    def say(self, verdict: Verdict) -> None:
        """The citizen's answer, by touch, mouse or pad."""
        if self._entry is None:
            return
        if self._covered and not self._was_seen and verdict is Verdict.RIGHT:
            self.toggle_cover()
        elif self._entry.answer is None or self._entry.answer.verdict is not verdict:
            self.answered.emit(self._entry.id, self._entry.value, verdict)

    def toggle_cover(self) -> None:
        """Show the digits for a while, or cover them again; nothing for values that are never covered."""
        if self._entry is None or not is_sensitive(self._entry.key):
            return
        if self._covered:
            self._covered, self._was_seen = False, True
            self._closing.start()
            self.retell()
            self.uncovered.emit()
        else:
            self._cover()

    def retell(self) -> None:
        """Everything anew: another value, another language, covered or not."""
        entry, language = self._entry, self._voice.language
        sensitive = entry is not None and is_sensitive(entry.key)
        field = value = paper = ""
        if entry is not None:
            field, paper = field_words(entry.key, language), page_words(self._page, language)
            value = value_words(entry.key, entry.value, language)
            if sensitive:
                value = covered(value) if self._covered else _in_groups(value)
        for text, words in ((self.paper, paper), (self.field, field), (self.value, value)):
            text.setText(words)
        self.setAccessibleName(f"{field}: {value}" if entry else "")
        for way, key, said in (
            (self.right, "citizen.right", entry is not None and entry.confirmed),
            (self.wrong, "citizen.wrong", entry is not None and entry.disputed),
        ):
            way.setText(f" {self._voice(key)}")  # a blank between the sign and the word
            way.setAccessibleName(f"{self._voice(key)}: {field}" if entry else "")
            way.setVisible(entry is not None)
            set_role(way, said, name="said")
        self.see.setVisible(sensitive)
        self.see.setText(self._voice("citizen.see" if self._covered else "citizen.cover"))
        self.see.setAccessibleName(f"{self.see.text()}: {field}" if sensitive else "")
        self._show_piece()
        self._write()

    def set_scale(self, scale: float) -> None:
        """Write larger on a larger display."""
        self._scale = scale
        self._write()

    def _build(self) -> None:
        self.piece.setMinimumHeight(48)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self.value, 1)
        middle.addWidget(self.see)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 20, 14)
        column.setSpacing(6)
        column.addWidget(self.paper)
        column.addWidget(self.field)
        column.addLayout(middle, 4)
        column.addWidget(self.piece, 3)

    def _show_piece(self) -> None:
        entry = self._entry
        if entry is None:
            self.piece.show_words("")
        elif self._covered:
            self.piece.show_words(self._voice("citizen.piece.covered"))
        elif self._page is None or entry.box is None:
            self.piece.show_words(self._voice(f"citizen.piece.{entry.source.value}"))
        elif self._image is None:
            self.piece.show_words(self._voice("citizen.piece.coming"))
        else:
            self.piece.show_piece(self._image, self._page.sha256, entry.box, self._page.rotation)
        self._column.setStretchFactor(self.piece, 3 if self.piece.shown else 1)
        name = self._voice("citizen.piece.name") if self.piece.shown else self.piece.text()
        self.piece.setAccessibleName(name if entry else "")

    def _cover(self) -> None:
        if self._entry is not None and is_sensitive(self._entry.key):
            self._closing.stop()
            self._covered = True
            self.retell()

    def _write(self) -> None:
        font = self.font()
        self.paper.show_text(self.paper.text(), scaled(font, SMALL, self._scale))
        self.field.show_text(self.field.text(), scaled(font, FIELD, self._scale))
        self.value.show_text(self.value.text(), scaled(font, VALUE, self._scale, bold=True))
        self.piece.setFont(scaled(font, SMALL, self._scale))
        for way in (self.right, self.wrong):
            way.setFont(scaled(font, FIELD, self._scale, bold=True))
            way.setMinimumHeight(round(TARGET * self._scale))
            way.setIconSize(QSize(round(36 * self._scale), round(36 * self._scale)))
        self.see.setFont(scaled(font, SMALL, self._scale, bold=True))
        self.see.setMinimumHeight(round(0.75 * TARGET * self._scale))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch on the digits themselves uncovers them."""
        if self._covered and self.value.geometry().contains(event.position().toPoint()):
            self.toggle_cover()
        super().mousePressEvent(event)


def _in_groups(value: str) -> str:
    return grouped(value) if value.isascii() and value.isdigit() and len(value) > 4 else value
