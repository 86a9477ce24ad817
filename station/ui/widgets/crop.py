"""The piece of a page where a value stands, with a little of what is printed around it."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap, QTransform
from PySide6.QtWidgets import QLabel, QSizePolicy

from station.dossier.reading import Box

HEIGHT = 58
LARGEST = 1.6
"""A single word is not blown up to fill the room."""


class Crop(QLabel):
    """As large as the room allows; without a picture, the sentence that says why."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.shown: QPixmap | None = None
        """What is shown; None while there is none."""

    def show_picture(self, picture: QPixmap | None, otherwise: str) -> None:
        self.shown = picture
        self.setText("" if picture else otherwise)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.shown is None or self.shown.isNull():
            super().paintEvent(event)
            return
        size = self.shown.size()
        scale = min(LARGEST, self.width() / size.width(), self.height() / size.height())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        shown = size.toSizeF() * scale
        top = (self.height() - round(shown.height())) // 2
        painter.drawPixmap(QRect(0, top, round(shown.width()), round(shown.height())), self.shown)


def crop(image: QImage, box: Box, rotation: int) -> QPixmap:
    """The box and its neighbourhood, upright: two letters alone say nothing about the word that they stand in."""
    piece = image.copy(neighbourhood(image, box, rotation))
    if rotation:
        piece = piece.transformed(QTransform().rotate(rotation), Qt.TransformationMode.SmoothTransformation)
    return QPixmap.fromImage(piece)


def neighbourhood(image: QImage, box: Box, rotation: int) -> QRect:
    """The box with what stands around it, in pixels of the image as it lies."""
    left, top, right, bottom = box
    lying = rotation % 180 != 0
    line = right - left if lying else bottom - top
    along, across = max(12, 2 * line), max(4, line // 5)
    wide, high = (across, along) if lying else (along, across)
    around = QRect(left - wide, top - high, right - left + 2 * wide, bottom - top + 2 * high)
    return around.intersected(image.rect())
