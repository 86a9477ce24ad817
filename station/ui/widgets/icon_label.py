"""An icon that stands by itself beside a text, and changes its colours with the theme."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel, QWidget

from station.ui import theme


class IconLabel(QLabel):
    """Silent to screen readers: the words beside it say what it means."""

    def __init__(self, role: str, size: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._role, self._size = role, size
        self._draw()

    def show_icon(self, role: str) -> None:
        self._role = role
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """The palette changes when the theme does."""
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)

    def _draw(self) -> None:
        self.setPixmap(theme.icon(self._role).pixmap(self._size, self._size))
