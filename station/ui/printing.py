"""Page images onto a printer, each as large as its paper allows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrinter


def print_images(printer: QPrinter, pages: Sequence[QImage]) -> None:
    """One sheet an image, its proportions kept."""
    painter = QPainter(printer)
    for place, page in enumerate(pages):
        if place:
            printer.newPage()
        room = QRectF(painter.viewport())
        size = page.size().toSizeF().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRectF(room.topLeft(), size), page)
    painter.end()
