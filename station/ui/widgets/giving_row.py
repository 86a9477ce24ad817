"""A row of buttons that gives way: words with their keys, words alone, signs alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QEvent
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from station.ui import theme

SPACING, SIGN = 8, 16


class Room(IntEnum):
    """How much a button shows."""

    KEYS = 0
    WORDS = 1
    SIGNS = 2


@dataclass(frozen=True, slots=True)
class _Deed:
    """A button, its sign, and what it says in each room."""

    button: QPushButton
    sign: str
    texts: tuple[str, str, str]


class GivingRow(QWidget):
    """What a button says no more stands in its tool tip, and always in its accessible name."""

    def __init__(self, deeds: Sequence[tuple[QPushButton, str]]) -> None:
        """Buttons as `widgets/buttons.py` makes them, each with the role of its sign."""
        super().__init__()
        self._deeds = [_Deed(made, sign, (made.text(), made.accessibleName(), "")) for made, sign in deeds]
        self.shows = Room.KEYS
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING)
        for deed in self._deeds:
            row.addWidget(deed.button)

    def fit(self, width: int) -> None:
        """Show as much as goes into so many pixels."""
        wanted = next((room for room in Room if self._width(room) <= width), Room.SIGNS)
        if wanted is not self.shows:
            self.shows = wanted
            self._draw()

    def _width(self, room: Room) -> int:
        """Reckoned, not tried out: each trial would ask for a new layout, and that for the next trial."""
        shown = [deed for deed in self._deeds if not deed.button.isHidden()]
        return sum(self._button_width(deed, room) for deed in shown) + SPACING * max(len(shown) - 1, 0)

    def _button_width(self, deed: _Deed, room: Room) -> int:
        letters = deed.button.fontMetrics()
        widths = [letters.horizontalAdvance(deed.texts[one]) or SIGN for one in (room, self.shows)]
        return deed.button.sizeHint().width() - widths[1] + widths[0]

    def _draw(self) -> None:
        for deed in self._deeds:
            deed.button.setText(deed.texts[self.shows])
            deed.button.setIcon(theme.icon(deed.sign) if self.shows is Room.SIGNS else QIcon())
            deed.button.setToolTip("" if self.shows is Room.KEYS else deed.texts[Room.KEYS])

    def changeEvent(self, event: QEvent) -> None:
        """The palette changes when the theme does."""
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)
