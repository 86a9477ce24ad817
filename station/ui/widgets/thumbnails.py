"""Small pictures of pages, decoded off the screen's thread and kept in bounded memory."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QBuffer, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap, QTransform

from station.dossier.page import Page
from station.ui.session import Session

SIDE = 132
"""Longest side of a thumbnail in pixels: kept ones take at most 70 KB each."""
KEPT = 300


class Thumbnails(QObject):
    """`of(page)` answers at once: the picture, or None until `changed` says that it is there."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._kept: OrderedDict[tuple[str, int], QPixmap] = OrderedDict()
        self._asked: set[tuple[str, int]] = set()

    def of(self, page: Page) -> QPixmap | None:
        """A null pixmap is a page whose picture cannot be shown."""
        key = (page.sha256, page.rotation)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key not in self._asked:
            self._asked.add(key)
            pages = self._session.desk.pages
            self._session.tasks.look(
                lambda: decoded(pages.read(page.sha256), SIDE, page.rotation),
                lambda image: self._keep(key, image),
                lambda _error: self._keep(key, QImage()),  # the deed that needs the page will tell
            )
        return None

    def forget(self) -> None:
        """Let go of everything: another dossier is on the counter."""
        self._kept.clear()
        self._asked.clear()

    def _keep(self, key: tuple[str, int], image: QImage) -> None:
        if key not in self._asked:
            return  # forgotten meanwhile
        self._asked.discard(key)
        self._kept[key] = QPixmap.fromImage(image)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.changed.emit()


def decoded(content: bytes, side: int, rotation: int) -> QImage:
    """The image with its longest side at most `side`, turned clockwise by `rotation` degrees; null if unreadable."""
    buffer = QBuffer()
    buffer.setData(content)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > side:
        reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if not image.isNull() and rotation:
        image = image.transformed(QTransform().rotate(rotation), Qt.TransformationMode.SmoothTransformation)
    return image
