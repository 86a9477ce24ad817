"""Fixing a paper's corners: the page large, four corners on it, Enter has it read again, Esc leaves it as it was."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage, QKeyEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from station.dossier.page import Page
from station.ui.session import Session
from station.ui.widgets.buttons import button
from station.ui.widgets.corners import Corners
from station.ui.widgets.labels import label, set_role
from station.ui.widgets.page_pictures import PagePictures


class CornersPanel(QWidget):
    """Stands in the place of the pages while it is used."""

    applied = Signal(object, object)  # Page, Outline
    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._language = session.language
        self._pictures = PagePictures(session)
        self.page: Page | None = None
        self.title = label(role="subtitle")
        self.corner = label(role="hint")
        self.corners = Corners(self._language("corners.picture"))
        self.hint = label(self._language("corners.keys"), "hint", wrap=True)
        self.apply = button(self._language("corners.apply"), self._on_apply, "primary", "Enter")
        self.whole = button(self._language("corners.whole"), self.corners.take_whole, "secondary", "Ctrl+A")
        self.leave = button(self._language("corners.leave"), self.left.emit, "secondary", "Esc")
        self.setFocusProxy(self.corners)
        self.corners.changed.connect(self._show_state)
        self.corners.chosen_changed.connect(self._show_chosen)
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.corner)
        bottom = QHBoxLayout()
        bottom.setSpacing(8)
        bottom.addWidget(self.leave)
        bottom.addWidget(self.whole)
        bottom.addStretch()
        bottom.addWidget(self.apply)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(top)
        column.addWidget(self.corners, 1)
        column.addWidget(self.hint)
        column.addLayout(bottom)

    def show_page(self, page: Page) -> None:
        """Begin with the corners that somebody said or the reader found, else with the image's own."""
        self.page = page
        self.title.setText(self._language("corners.title", page=page.number))
        self.corners.show_picture(None, 0, None)

        def show(image: QImage) -> None:
            if self.page is not None and self.page.id == page.id and not image.isNull():
                self.corners.show_picture(image, page.rotation, page.outline or page.found)

        self._pictures.ask(page, show)

    def forget(self) -> None:
        """Nothing of the dossier stays in here."""
        self.page = None
        self.title.setText("")
        self._pictures.forget()
        self.corners.show_picture(None, 0, None)

    def _show_state(self) -> None:
        sound = self.corners.sound
        self.apply.setEnabled(sound)
        told = sound or not self.corners.has_picture  # nothing is wrong while the picture is being decoded
        self.hint.setText(self._language("corners.keys" if told else "corners.wrong"))
        set_role(self.hint, "hint" if told else "warning")

    def _show_chosen(self, corner: int) -> None:
        self.corner.setText(self._language(f"corners.corner_{corner + 1}"))

    def _on_apply(self) -> None:
        if self.page is not None and self.corners.sound:
            self.applied.emit(self.page, self.corners.outline)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.leave.hasFocus():
                self.left.emit()
            elif self.whole.hasFocus():
                self.corners.take_whole()
            else:
                self._on_apply()
        else:
            super().keyPressEvent(event)
