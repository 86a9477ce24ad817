"""The piece of the paper that a value was read from, as large as the citizen's screen has room for it."""

from __future__ import annotations

import hashlib

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QLabel, QSizePolicy

from station.dossier.reading import Box
from station.dossier.showing import ShownPicture
from station.ui.widgets.crop import crop, neighbourhood

LARGEST = 3.0
"""Times its own pixels: beyond that letters only blur."""


class PaperPiece(QLabel):
    """Empty until there is a picture; `said` stands there instead."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "piece")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        self._picture: QPixmap | None = None
        self.shown: ShownPicture | None = None
        """What is to be told of the picture that stands here."""

    def show_piece(self, image: QImage, page: str, box: Box, rotation: int) -> None:
        """Cut it out of the page's image, and know it again by its pixels."""
        around = neighbourhood(image, box, rotation)
        if around.isEmpty():
            return
        self._picture = crop(image, box, rotation)
        place = (around.left(), around.top(), around.left() + around.width(), around.top() + around.height())
        size = self._picture.size()
        self.shown = ShownPicture(page, place, rotation, size.width(), size.height(), pixels_of(self._picture))
        self.setText("")
        self.update()

    def show_words(self, said: str) -> None:
        """No picture, and why."""
        self._picture = self.shown = None
        self.setText(said)
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._picture is None or self._picture.isNull():
            return
        room, size = self.contentsRect().adjusted(8, 6, -8, -6), self._picture.size()
        scale = min(LARGEST, room.width() / size.width(), room.height() / size.height())
        if scale <= 0:
            return
        shown = QSize(round(size.width() * scale), round(size.height() * scale))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        top = room.top() + (room.height() - shown.height()) // 2
        painter.drawPixmap(QRect(room.left(), top, shown.width(), shown.height()), self._picture)


def pixels_of(picture: QPixmap) -> str:
    """SHA-256 over the pixels, red, green and blue a byte each, row by row from the top."""
    image = picture.toImage().convertToFormat(QImage.Format.Format_RGB888)
    bits, row = memoryview(image.constBits()), 3 * image.width()
    digest = hashlib.sha256()
    for line in range(image.height()):
        start = line * image.bytesPerLine()  # rows are padded to four bytes
        digest.update(bits[start : start + row])
    return digest.hexdigest()
