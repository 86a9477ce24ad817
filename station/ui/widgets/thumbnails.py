"""Small pictures of pages, decoded in a process of their own and kept in bounded memory."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from station.dossier.outline import Outline
from station.dossier.page import Page
from station.dossier.picture import Picture
from station.ui.session import Session

SIDE = 132
"""Longest side of a thumbnail in pixels: kept ones take at most 70 KB each."""
KEPT = 300

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
            pages, pictures = self._session.desk.pages, self._session.desk.pictures
            self._session.tasks.look(
                lambda: as_image(pictures.picture(pages.read(page.sha256), SIDE, page.rotation, page.outline)),
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


def as_image(picture: Picture) -> QImage:
    """The pixels as Qt's own: a copy, with nothing in it to decode."""
    row = 3 * picture.width
    return QImage(picture.pixels, picture.width, picture.height, row, QImage.Format.Format_RGB888).copy()
