"""How large the citizen's screen writes: in proportion to the screen, for eyes at arm's length and more."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont

DESIGNED_FOR = QSize(1024, 600)
"""The smallest display in use, on which sizes are as written in the code."""
SMALL, PLAIN, FIELD, TITLE, VALUE = 24, 26, 30, 38, 48
"""The one scale of letters here, in pixels on the smallest display: nothing is written smaller than 24."""
TARGET = 96
"""Pixels that a finger needs on the smallest display: about 20 mm on its ten inches."""


def scale_of(size: QSize) -> float:
    """1.0 on the smallest display; larger ones write larger, never smaller than 0.8."""
    return max(0.8, min(size.width() / DESIGNED_FOR.width(), size.height() / DESIGNED_FOR.height()))


def scaled(font: QFont, pixels: float, scale: float, *, bold: bool = False) -> QFont:
    """The font as high as `pixels` on the smallest display."""
    made = QFont(font)
    made.setPixelSize(round(pixels * scale))
    made.setBold(bold)
    return made
