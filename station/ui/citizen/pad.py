"""The three-button pad before the citizen: a keyboard to the system, whose keys arrive where the focus is.

They are shortcuts of the whole program, so the officer's window may have the keyboard. Qt offers a shortcut's key to
the field that is being edited first, so that even a pad of digits takes nothing from the officer's typing; and a
shortcut whose widget is hidden is none, so that the pad is dead while nothing is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

ALSO = {"F13": ("Tools",), "F14": ("Launch (5)",), "F15": ("Launch (6)",)}
"""What the function keys beyond F12 are called on Linux, where the usual keyboard table gives them other names."""


def connect_pad(asking: QWidget, keys: Sequence[str], deeds: Sequence[Callable[[], object]]) -> None:
    """While `asking` can be seen, each key does its deed; held down it does it once."""
    for key, deed in zip(keys, deeds, strict=False):
        shortcut = QShortcut(asking)
        shortcut.setKeys([QKeySequence(name) for name in (key, *ALSO.get(key, ()))])
        shortcut.setContext(Qt.ShortcutContext.ApplicationShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(lambda deed=deed: deed())
