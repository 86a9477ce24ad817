"""Buttons that say their own shortcut: «Quét (F5)»."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QPushButton

from station.ui.widgets.keys import KEYS, printed

PAGE_KEYS = frozenset({"Enter", "Esc", "Space", "Delete"})
"""Keys that a page listens to itself: as shortcuts they would be taken from the fields."""


def button(text: str, pressed: Callable[[], object], role: str = "secondary", keys: str = "") -> QPushButton:
    """A button in a role (primary, secondary, danger, quiet). `keys` in Qt's portable notation («Ctrl+O»)."""
    made = QPushButton()
    made.setProperty("role", role)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    name(made, text, keys)
    if keys and keys not in PAGE_KEYS:
        press_with(made, keys)
    made.clicked.connect(lambda: pressed())  # noqa: PLW0108 -- «checked» is not passed on
    return made


def press_with(made: QAbstractButton, keys: str) -> None:
    """Press the button with these keys while it can be seen and pressed, so that steps may share keys.

    Qt's own `setShortcut` presses a tenth of a second later, for show: an officer types faster than that.
    """
    made.setProperty(KEYS, keys)
    QShortcut(QKeySequence(keys), made).activated.connect(made.click)


def name(made: QPushButton, text: str, keys: str = "") -> None:
    """What the button says, with its key."""
    keys = printed(keys)
    made.setProperty(KEYS, keys)
    made.setText(f"{text} ({keys})" if keys else text)
    made.setAccessibleName(text)
    made.setAccessibleDescription(keys)
