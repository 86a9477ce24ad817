"""How large the citizen's screen writes: in proportion to the screen, for eyes at arm's length and more."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont

DESIGNED_FOR = QSize(1024, 600)
"""The smallest display in use, on which point sizes are as written in the code."""


def scale_of(size: QSize) -> float:
    """1.0 on the smallest display; larger ones write larger, never smaller than 0.8."""
    return max(0.8, min(size.width() / DESIGNED_FOR.width(), size.height() / DESIGNED_FOR.height()))


def scaled(font: QFont, points: float, scale: float, *, bold: bool = False) -> QFont:
    """The font at `points` on the smallest display."""
    made = QFont(font)
    made.setPointSizeF(points * scale)
    made.setBold(bold)
    return made
