"""Buttons that say their own shortcut: «Quét (F5)»."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QPushButton

PAGE_KEYS = frozenset({"Enter", "Esc", "Space", "Delete"})
"""Keys that a page listens to itself: as shortcuts they would be taken from the fields."""


def button(text: str, pressed: Callable[[], object], role: str = "secondary", keys: str = "") -> QPushButton:
    """A button in a role (primary, secondary, danger, quiet). `keys` in Qt's portable notation («Ctrl+O»).

    The shortcut works only while the button can be seen, so that steps may share keys.
    """
    made = QPushButton()
    made.setProperty("role", role)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    name(made, text, keys)
    if keys and keys not in PAGE_KEYS:
        made.setShortcut(QKeySequence(keys))
    made.clicked.connect(lambda: pressed())  # noqa: PLW0108 -- «checked» is not passed on
    return made


def name(made: QPushButton, text: str, keys: str = "") -> None:
    """What the button says, with its key; a shortcut that it has stays."""
    shortcut = made.shortcut()
    made.setText(f"{text} ({keys})" if keys else text)
    made.setShortcut(shortcut)  # setText drops it
    made.setAccessibleName(text)
    made.setAccessibleDescription(keys)
