"""Small pictures of pages, decoded off the screen's thread and kept in bounded memory."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QBuffer, QIODevice, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap, QTransform

from station.dossier.outline import Outline
from station.dossier.page import Page
from station.ui.session import Session

SIDE = 132
"""Longest side of a thumbnail in pixels: kept ones take at most 70 KB each."""
KEPT = 300
LARGEST = 12_000
"""Longest side in pixels that is decoded at all."""

Key = tuple[str, int, Outline | None]


class Thumbnails(QObject):
    """`of(page)` answers at once: the picture, or None until `changed` says that it is there."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._kept: OrderedDict[Key, QPixmap] = OrderedDict()
        self._asked: set[Key] = set()

    def of(self, page: Page) -> QPixmap | None:
        """A null pixmap is a page whose picture cannot be shown."""
        key = (page.sha256, page.rotation, page.outline)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key not in self._asked:
            self._asked.add(key)
            pages = self._session.desk.pages
            self._session.tasks.look(
                lambda: pictured(pages.read(page.sha256), SIDE, page.rotation, page.outline),
                lambda image: self._keep(key, image),
                lambda _error: self._keep(key, QImage()),  # the deed that needs the page will tell
            )
        return None

    def forget(self) -> None:
        """Let go of everything: another dossier is on the counter."""
        self._kept.clear()
        self._asked.clear()

    def _keep(self, key: Key, image: QImage) -> None:
        if key not in self._asked:
            return  # forgotten meanwhile
        self._asked.discard(key)
        self._kept[key] = QPixmap.fromImage(image)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.changed.emit()


def pictured(content: bytes, side: int, rotation: int, outline: Outline | None) -> QImage:
    """As `decoded`; of an image that holds several papers, the part where this one lies."""
    if outline is None:
        return decoded(content, side, rotation)
    image = decoded(content, LARGEST, 0)
    part = image.copy(part_of(image.rect(), outline))
    part = part.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    return part.transformed(QTransform().rotate(rotation)) if rotation and not part.isNull() else part


def part_of(whole: QRect, outline: Outline) -> QRect:
    """The upright part of an image around a paper's corners."""
    across, down = [corner[0] for corner in outline], [corner[1] for corner in outline]
    left, top = int(min(across)), int(min(down))
    return QRect(left, top, int(max(across)) - left + 1, int(max(down)) - top + 1).intersected(whole)


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
