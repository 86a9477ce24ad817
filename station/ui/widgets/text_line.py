"""A line to type a name in whose marks stay whole while it is selected."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLineEdit

_ABOVE = 4
"""Pixels above the line into which the marks of «Ẩ» rise."""
_LEAD = 5
"""Pixels that Qt's cursor rectangle begins before the cursor."""


class TextLine(QLineEdit):
    """Qt cuts selected letters off at the line, so that Ẩ, Ấ and Ầ all look like Â: what it cut is drawn again."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.hasSelectedText():
            return
        metrics, cursor = self.fontMetrics(), self.cursorRect()
        begin, end = (
            metrics.horizontalAdvance(self.text()[:place]) for place in (self.selectionStart(), self.selectionEnd())
        )
        left = cursor.x() + _LEAD - metrics.horizontalAdvance(self.text()[: self.cursorPosition()])
        inside = QRectF(self.contentsRect()).adjusted(_LEAD, 0, -_LEAD, 0)
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        painter.setClipRect(QRectF(left + begin, cursor.y() - _ABOVE, end - begin, _ABOVE).intersected(inside))
        painter.drawText(QPointF(left, cursor.y() + metrics.ascent()), self.text())
