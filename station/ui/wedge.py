"""A hand-held code scanner that types what it reads (keyboard wedge), told from a person by its speed."""

from __future__ import annotations

import time

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

FASTEST_HAND = 30
"""Milliseconds between two keys that no hand is faster than."""
SURE = 6
"""Keys in such a row after which it is a scanner."""
SILENCE = 120
"""Milliseconds without a key after which the scanner has ended, where it sends no Enter."""
MOST = 2000
"""Keys that are kept of one code: ten times what a card's holds. What is longer is told cut off, and is no card's."""
_ENDS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})


class Wedge(QObject):
    """Listens while `area` can be seen. What a scanner types reaches no field; `scanned` says it as a whole."""

    scanned = Signal(str)

    def __init__(self, area: QWidget) -> None:
        super().__init__(area)
        self._area = area
        self._keys: list[str] = []
        self._last = 0.0
        self._field: QLineEdit | None = None
        self._before = ""
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.setInterval(SILENCE)
        self._end.timeout.connect(self._finish)
        area.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Listen to the whole program while the area shows; swallow a scanner's keys."""
        if watched is self._area:
            application = QApplication.instance()
            if application is not None and event.type() == QEvent.Type.Show:
                application.installEventFilter(self)
            elif application is not None and event.type() == QEvent.Type.Hide:
                application.removeEventFilter(self)
                self._forget()
        if isinstance(event, QKeyEvent) and isinstance(watched, QWidget) and watched.hasFocus():
            if event.type() == QEvent.Type.KeyPress:
                return self._take(event)
            if event.type() == QEvent.Type.ShortcutOverride and len(self._keys) >= SURE:
                event.accept()  # no letter of a payload is a shortcut
        return False

    def _take(self, event: QKeyEvent) -> bool:
        now = event.timestamp() or time.monotonic() * 1000
        fast, self._last = now - self._last <= FASTEST_HAND, now
        if Qt.Key(event.key()) in _ENDS:
            typed_by_scanner = fast and len(self._keys) >= SURE
            if typed_by_scanner:
                self._finish()
            self._forget()
            return typed_by_scanner
        if not event.text() or not event.text().isprintable():
            return False  # Shift and its like, and what moves in a field
        if not fast:
            self._forget()
        if not self._keys:
            focus = QApplication.focusWidget()
            self._field = focus if isinstance(focus, QLineEdit) else None
            self._before = self._field.text() if self._field else ""
        if len(self._keys) <= MOST:
            self._keys.append(event.text())
        if len(self._keys) < SURE:
            return False
        self._end.start()
        return True

    def _finish(self) -> None:
        """The field is as it was before; what was scanned is told."""
        typed, field, before = "".join(self._keys), self._field, self._before
        self._forget()
        if field is not None:
            field.setText(before)
        self.scanned.emit(typed)

    def _forget(self) -> None:
        self._end.stop()
        self._keys.clear()
        self._field = None
