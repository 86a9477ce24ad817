"""Text that is never cut off: as large as wanted where it fits, else smaller until all of it stands there."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy

SMALLEST = 12
"""Pixels. Nothing that a paper holds comes near: where it must, small is better than cut off."""


class FittedLabel(QLabel):
    """Wraps at words, and inside a word only where the word alone is too long; `wanted` is its largest font."""

    def __init__(
        self, role: str, across: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft, *, at_top: bool = False
    ) -> None:
        """In the middle of its height, or `at_top`, close to what it belongs to."""
        super().__init__()
        self._across, self._at_top = across, at_top
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.wanted = QFont(self.font())
        self.wanted.setPixelSize(SMALLEST)

    def show_text(self, text: str, wanted: QFont) -> None:
        self.wanted = wanted
        self.setText(text)
        self.updateGeometry()
        self.update()

    def fitting(self) -> QFont:
        """The largest font, from the wanted one down, in which the whole text has room."""
        font = QFont(self.wanted)
        while font.pixelSize() > SMALLEST and _laid_out(self.text(), font, self.width())[1] > self.height():
            font.setPixelSize(font.pixelSize() - 1)
        return font

    def hasHeightForWidth(self) -> bool:
        """The letters follow the room, not the room the letters."""
        return False

    def sizeHint(self) -> QSize:
        return QSize(0, ceil(_laid_out(self.text(), self.wanted, self.width())[1]))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()  # another width may need another height

    def paintEvent(self, _event: QPaintEvent) -> None:
        layout, height = _laid_out(self.text(), self.fitting(), self.width(), self._across)
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        above = 0.0 if self._at_top else max(0.0, (self.height() - height) / 2)
        layout.draw(painter, QPointF(0, above))


def lines_of(text: str, font: QFont, width: int) -> int:
    """How many lines the text takes in this width."""
    return _laid_out(text, font, width)[0].lineCount()


def _laid_out(
    text: str, font: QFont, width: int, across: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
) -> tuple[QTextLayout, float]:
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    option = QTextOption(across)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    return layout, height
