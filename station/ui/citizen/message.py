"""Two sentences in the middle of the citizen's screen, as large as the room allows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.ui.citizen.fitted import FittedLabel
from station.ui.citizen.scale import PLAIN, VALUE, scale_of, scaled
from station.ui.citizen.voice import Voice


class MessageView(QWidget):
    """The sentences of two keys, in the language of now."""

    def __init__(self, voice: Voice, first: str, second: str) -> None:
        super().__init__()
        self._voice, self._keys = voice, (first, second)
        centre = Qt.AlignmentFlag.AlignHCenter
        self.first, self.second = FittedLabel("large", centre), FittedLabel("plain", centre)
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 24, 48, 24)
        column.setSpacing(16)
        column.addStretch(2)
        column.addWidget(self.first, 3)
        column.addWidget(self.second, 3)
        column.addStretch(3)
        self.retell()

    def retell(self) -> None:
        self.first.setText(self._voice(self._keys[0]))
        self.second.setText(self._voice(self._keys[1]))
        self.setAccessibleName(f"{self.first.text()} {self.second.text()}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        scale = scale_of(self.window().size())
        self.first.show_text(self.first.text(), scaled(self.font(), VALUE, scale, bold=True))
        self.second.show_text(self.second.text(), scaled(self.font(), PLAIN, scale))
