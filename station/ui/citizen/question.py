"""One value in large letters, with Đúng and Sai beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout

from station.dossier.dossier import Entry, Verdict
from station.language import Language
from station.ui.citizen.scale import scaled
from station.ui.widgets.labels import label, set_role
from station.ui.words import field_words, value_words

LONG = 46
"""Letters beyond which a value is written smaller, so that an address stays whole."""


class Question(QFrame):
    """Emits `answered(entry id, value as shown, Verdict)`; the answer shown is the one that was kept."""

    answered = Signal(str, str, object)

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self._entry: Entry | None = None
        self._scale = 1.0
        self.setProperty("role", "question")
        self.field, self.value = label(role="plain"), label(role="large", wrap=True)
        self.right, self.wrong = QPushButton(), QPushButton()
        self.right.setText(language("citizen.right"))
        self.wrong.setText(language("citizen.wrong"))
        for way, verdict in ((self.right, Verdict.RIGHT), (self.wrong, Verdict.WRONG)):
            way.setProperty("role", verdict.value)
            way.setProperty("said", False)
            way.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
            way.clicked.connect(lambda _checked=False, verdict=verdict: self._on_clicked(verdict))
        self.value.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.value.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addStretch(1)
        texts.addWidget(self.field)
        texts.addWidget(self.value, 8)
        texts.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 12, 8)
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
        if entry is None:
            self.field.setText("")
            self.value.setText("")
            self.setAccessibleName("")
            return
        field, value = field_words(entry.key, self._language), value_words(entry.key, entry.value, self._language)
        self.field.setText(field)
        self.value.setText(value)
        self.setAccessibleName(f"{field}: {value}")
        self.right.setAccessibleName(f"{self._language('citizen.right')}: {field}")
        self.wrong.setAccessibleName(f"{self._language('citizen.wrong')}: {field}")
        set_role(self.right, entry.confirmed, name="said")
        set_role(self.wrong, entry.disputed, name="said")
        self._write()

    def set_scale(self, scale: float) -> None:
        """Write larger on a larger display."""
        self._scale = scale
        self._write()

    def _write(self) -> None:
        long = len(self.value.text()) > LONG
        self.field.setFont(scaled(self.font(), 13, self._scale))
        self.value.setFont(scaled(self.font(), 16 if long else 21, self._scale, bold=True))
        for way in (self.right, self.wrong):
            way.setFont(scaled(self.font(), 18, self._scale, bold=True))
            way.setFixedWidth(round(120 * self._scale))

    def _on_clicked(self, verdict: Verdict) -> None:
        if self._entry is not None:
            self.answered.emit(self._entry.id, self._entry.value, verdict)
