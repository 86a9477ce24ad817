"""The hands and eyes of the walk: keys, waiting, pictures, and words on the terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

_TICK, _LOOK = 0.02, 0.4
_BREATH = 0.005
"""Seconds."""


class WalkError(Exception):
    """What was waited for did not come."""


class Hands:
    """`folder` is where pictures go; None takes none."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        if folder:
            folder.mkdir(parents=True, exist_ok=True)

    def until(self, fits: Callable[[], bool], what: str, seconds: float) -> None:
        """Let the program work until `fits`; raise `WalkError` saying `what` did not come."""
        end = time.monotonic() + seconds
        while not fits():
            if time.monotonic() > end:
                raise WalkError(f"waited {seconds:.0f} s in vain for {what}")
            self._let_go_on(_TICK)

    def pause(self) -> None:
        """Long enough for pictures to be decoded and painted."""
        self._let_go_on(_LOOK)

    def _let_go_on(self, seconds: float) -> None:
        """Let the windows and every thread work for so long: `QTest.qWait` would keep Python's own threads from it."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            QCoreApplication.processEvents()
            time.sleep(_BREATH)

    def press(self, window: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
        """A key, to whatever has the keyboard in this window."""
        QTest.keyClick(window.focusWidget() or window, key, modifier)

    def type(self, text: str) -> None:
        """Letters, to whatever has the keyboard."""
        focus = QApplication.focusWidget()
        if focus is None:
            raise WalkError("nothing has the keyboard")
        self.type_into(focus, text)

    def type_into(self, widget: QWidget, text: str) -> None:
        """Letters beyond Latin-1 too: `QTest.keyClicks` aborts the process on those."""
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QCoreApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))

    def picture(self, name: str, window: QWidget) -> None:
        """Write what the window shows as `<name>.png`."""
        if self.folder:
            QCoreApplication.processEvents()
            window.grab().save(str(self.folder / f"{name}.png"))

    def say(self, line: str) -> None:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
