"""One value in large letters, with Đúng and Sai beside it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout

from station.dossier.entry import Entry, Verdict
from station.language import Language
from station.ui.citizen.fitted import FittedLabel, lines_of
from station.ui.citizen.scale import scaled
from station.ui.widgets.labels import label, set_role
from station.ui.words import field_words, value_words

FIELD, VALUE, LONG_VALUE, ANSWER = 14, 21, 20, 18
"""Letters in points on the smallest display."""
VALUE_WIDTH = 640
"""Room for a value on the smallest display, a little less than there is."""


class Question(QFrame):
    """Emits `answered(entry id, value as shown, Verdict)`; the answer shown is the one that was kept."""

    answered = Signal(str, str, object)

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._entry: Entry | None = None
        self._scale = 1.0
        self.setProperty("role", "question")
        self.field, self.value = label(role="plain"), FittedLabel("large")
        self.right, self.wrong = QPushButton(), QPushButton()
        self.right.setText(language("citizen.right"))
        self.wrong.setText(language("citizen.wrong"))
        for way, verdict in ((self.right, Verdict.RIGHT), (self.wrong, Verdict.WRONG)):
            way.setProperty("role", verdict.value)
            way.setProperty("said", False)
            way.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
            way.clicked.connect(lambda _checked=False, verdict=verdict: self._on_clicked(verdict))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch()
        texts.addWidget(self.field)
        texts.addWidget(self.value)
        texts.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.setSpacing(12)
        row.addLayout(texts, 1)
        row.addWidget(self.right)
        row.addWidget(self.wrong)

    @property
    def open(self) -> bool:
        """Whether a value stands here that has no answer yet."""
        return self._entry is not None and self._entry.answer is None

    def show_entry(self, entry: Entry | None) -> None:
        """A value, or nothing: the place stays empty so that the others do not move."""
        self._entry = entry
        self.right.setVisible(entry is not None)
        self.wrong.setVisible(entry is not None)
        set_role(self, "question" if entry else "empty")
        field = field_words(entry.key, self._language) if entry else ""
        value = value_words(entry.key, entry.value, self._language) if entry else ""
        self.field.setText(field)
        self.value.setText(value)
        self.setAccessibleName(f"{field}: {value}" if entry else "")
        self.right.setAccessibleName(f"{self._language('citizen.right')}: {field}" if entry else "")
        self.wrong.setAccessibleName(f"{self._language('citizen.wrong')}: {field}" if entry else "")
        set_role(self.right, entry is not None and entry.confirmed, name="said")
        set_role(self.wrong, entry is not None and entry.disputed, name="said")
        self._write()

    def set_scale(self, scale: float) -> None:
        """Write larger on a larger display."""
        self._scale = scale
        self._write()

    def _write(self) -> None:
        self.field.setFont(scaled(self.font(), FIELD, self._scale))
        long = takes_two_places(self.value.text(), self.font())
        self.value.show_text(
            self.value.text(), scaled(self.font(), LONG_VALUE if long else VALUE, self._scale, bold=True)
        )
        for way in (self.right, self.wrong):
            way.setFont(scaled(self.font(), ANSWER, self._scale, bold=True))
            way.setFixedWidth(round(120 * self._scale))

    def _on_clicked(self, verdict: Verdict) -> None:
        if self._entry is not None and (self._entry.answer is None or self._entry.answer.verdict is not verdict):
            self.answered.emit(self._entry.id, self._entry.value, verdict)


def takes_two_places(words: str, font: QFont) -> bool:
    """An address that would not stand in one line is given the room of two values, so that it can be as large."""
    return lines_of(words, scaled(font, VALUE, 1.0, bold=True), VALUE_WIDTH) > 1
