"""Nobody has touched a key or the mouse for some minutes: the screens are hidden."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from station.ui.session import Session

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletMove,
    }
)


class IdleWatch(QObject):
    """Locks the session. The citizen's fingers count as well: somebody who signs is not interrupted."""

    def __init__(self, application: QApplication, session: Session, minutes: int) -> None:
        super().__init__(application)
        self._session = session
        self._timer = QTimer(self, singleShot=True, interval=minutes * 60_000)
        self._timer.timeout.connect(self._on_idle)
        session.locked_changed.connect(self._on_locked_changed)
        application.installEventFilter(self)
        self._on_locked_changed(session.locked)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES and self._timer.isActive():
            self._timer.start()
        return False

    def _on_locked_changed(self, locked: bool) -> None:
        if locked:
            self._timer.stop()
        else:
            self._timer.start()

    def _on_idle(self) -> None:
        if not self._session.locked:
            self._session.lock(locked=True, why="idle")
