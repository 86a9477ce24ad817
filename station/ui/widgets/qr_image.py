"""A QR code on a screen: whole pixels for each module, white around it."""

from __future__ import annotations

import segno
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

QUIET = 4
"""Modules of white around a QR code (ISO/IEC 18004)."""


class QrImage(QWidget):
    """As large as the room allows; nothing without a text."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._rows: list[bytes] = []
        self.text = ""

    def show_text(self, text: str, name: str) -> None:
        """The code of this text; `name` is what a screen reader says of it."""
        self.text = text
        self._rows = [bytes(row) for row in segno.make(text, error="m", micro=False).matrix] if text else []
        self.setAccessibleName(name if text else "")
        self.setVisible(bool(text))
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(180, 180)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._rows:
            return
        across = len(self._rows) + 2 * QUIET
        module = min(self.width(), self.height()) // across
        if module < 1:
            return
        side = module * across
        left, top = (self.width() - side) // 2, (self.height() - side) // 2
        painter = QPainter(self)
        painter.fillRect(QRect(left, top, side, side), Qt.GlobalColor.white)
        for y, row in enumerate(self._rows, QUIET):
            for x, dark in enumerate(row, QUIET):
                if dark:
                    painter.fillRect(left + x * module, top + y * module, module, module, Qt.GlobalColor.black)
