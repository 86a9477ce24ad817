"""Whole page pictures for looking at closely, decoded in a process of their own; only the last few are kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtGui import QImage

from station.dossier.page import Page
from station.ui.session import Session
from station.ui.widgets.thumbnails import as_image

KEPT = 3
"""An A4 page at 300 dpi takes about 35 MB decoded."""
LONGEST = 12_000


class PagePictures:
    """`ask(page, then)` calls `then` with the picture as it came (not turned), now or later."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._kept: OrderedDict[str, QImage] = OrderedDict()

    def ask(self, page: Page, then: Callable[[QImage], None]) -> None:
        sha256, pages, pictures = page.sha256, self._session.desk.pages, self._session.desk.pictures
        if sha256 in self._kept:
            self._kept.move_to_end(sha256)
            then(self._kept[sha256])
            return

        def keep(image: QImage) -> None:
            self._kept[sha256] = image
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            then(image)

        self._session.tasks.look(
            lambda: as_image(pictures.picture(pages.read(sha256), LONGEST)), keep, self._session.failed.emit
        )

    def forget(self) -> None:
        """Another dossier is on the counter."""
        self._kept.clear()
