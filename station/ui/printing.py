"""Page images onto a printer, each as large as it was drawn: a code that was made to be read must not shrink."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter


def images_of(pages: Sequence[bytes]) -> list[QImage]:
    """PNG pages as pictures."""
    return [QImage.fromData(QByteArray(page)) for page in pages]


def print_images(printer: QPrinter, pages: Sequence[QImage]) -> None:
    """One sheet an image, on paper of the size that the image says it has: A4 upright or across, or a roll."""
    if not pages:
        return
    printer.setFullPage(True)
    printer.setPageLayout(_layout(pages[0]))
    painter = QPainter(printer)
    for place, page in enumerate(pages):
        if place:
            printer.newPage()
        room = QRectF(painter.viewport())
        size = page.size().toSizeF().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        painter.drawImage(QRectF(room.topLeft(), size), page)
    painter.end()


def _layout(page: QImage) -> QPageLayout:
    across = page.width() > page.height()
    size = QSizeF(page.width() * 1000 / page.dotsPerMeterX(), page.height() * 1000 / page.dotsPerMeterY())
    paper = QPageSize(size.transposed() if across else size, QPageSize.Unit.Millimeter, "", _FUZZY)
    turned = QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
    return QPageLayout(paper, turned, QMarginsF())


_FUZZY = QPageSize.SizeMatchPolicy.FuzzyMatch
"""A4 is A4 though a picture has whole pixels."""
