"""The page that is looked at: it fills the width at every height of its room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QImage, QResizeEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.ui.widgets.page_image import PageImage


class CountedImage(PageImage):
    """Lets go of a view that never comes to rest, so that the test can say so."""

    resized = 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.resized += 1
        if self.resized < 50:
            super().resizeEvent(event)


@pytest.fixture
def view(dressed: QApplication, qtbot: QtBot) -> CountedImage:
    made = CountedImage("trang")
    qtbot.addWidget(made)
    page = QImage(935, 1323, QImage.Format.Format_RGB32)
    page.fill(QColor("white"))
    made.resize(600, 849)
    made.show_picture(page)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_a_page_about_as_tall_as_its_room_comes_to_rest(view: CountedImage) -> None:
    """With a bar it would not need one, and without one it would: an endless to and fro, and a frozen window."""
    for height in range(820, 860):
        view.resized = 0
        view.resize(600, height)
        QCoreApplication.processEvents()
        assert view.resized < 5, height
        assert view.horizontalScrollBar().maximum() == 0, height


def test_a_page_is_as_wide_as_its_room(view: CountedImage) -> None:
    for height in (300, 700, 1000):
        view.resize(600, height)
        QCoreApplication.processEvents()
        shown = view.transform().m11() * 935
        assert view.viewport().width() - 4 <= shown <= view.viewport().width(), height
