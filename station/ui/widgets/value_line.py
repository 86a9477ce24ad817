"""A line to type a value in that grows with it: an address of three lines stands there whole."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent, QTextOption
from PySide6.QtWidgets import QPlainTextEdit

MOST_LINES = 5
_FRAME = 8
"""Padding and border of the style sheet, above and below."""
_MARGIN = 4
"""Pixels around the text: the marks of «Ẩ» rise above the line."""


class ValueLine(QPlainTextEdit):
    """Enter and Tab belong to the page around it; a line break is a space."""

    entered = Signal()
    tabbed = Signal(int)

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(_MARGIN)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._grow())
        self._grow()

    def text(self) -> str:
        return self.toPlainText()

    def setText(self, text: str) -> None:
        self.setPlainText(" ".join(text.split()))

    def _grow(self) -> None:
        # A plain text document measures its height in lines.
        lines = min(MOST_LINES, max(1, round(self.document().size().height())))
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded if lines == MOST_LINES else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        height = lines * self.fontMetrics().lineSpacing() + 2 * _MARGIN + _FRAME
        if self.height() != height:
            self.setFixedHeight(height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if control:
                event.ignore()
            elif not event.isAutoRepeat():  # a key held down must not decide about values nobody has seen
                self.entered.emit()
        elif event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.tabbed.emit(1 if event.key() == Qt.Key.Key_Tab else -1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt cuts selected letters off at the line: Ẩ, Ấ and Ầ would all look like Â while they are compared."""
        super().paintEvent(event)
        if not self.textCursor().hasSelection():
            return
        painter = QPainter(self.viewport())
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        block = self.firstVisibleBlock()
        while block.isValid():
            place, layout = self.blockBoundingGeometry(block).translated(self.contentOffset()).topLeft(), block.layout()
            for number in range(layout.lineCount()):
                line = layout.lineAt(number).rect().translated(place)
                painter.setClipRect(QRectF(line.left(), line.top() - _MARGIN, line.width(), _MARGIN))
                layout.draw(painter, place)
            block = block.next()

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(" ".join(source.text().split()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._grow()
