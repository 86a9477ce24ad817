"""What fills the officer's window: the work, the lock before it, or the map of keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QStackedWidget, QWidget

from station.ui.counter.key_map import KeyMap
from station.ui.counter.lock import LockPage
from station.ui.session import Session
from station.ui.widgets.keys import Key


class Front(QStackedWidget):
    """The lock hides everything else. `take_keyboard` is called when the work is in front again."""

    def __init__(self, session: Session, work: QWidget, take_keyboard: Callable[[], None]) -> None:
        super().__init__()
        self._session, self._work, self._take_keyboard = session, work, take_keyboard
        self.lock_page, self.key_map = LockPage(session), KeyMap(session.language)
        for page in (work, self.lock_page, self.key_map):
            self.addWidget(page)
        session.locked_changed.connect(self.show_lock)
        self.key_map.leave.clicked.connect(self._on_keys_left)

    def show_lock(self, locked: bool) -> None:
        """Nothing of any dossier can be seen, or the work goes on."""
        self.setCurrentWidget(self.lock_page if locked else self._work)
        if locked:
            self.lock_page.enter()
        else:
            self._take_keyboard()

    def show_keys(self, groups: Sequence[tuple[str, list[Key]]]) -> None:
        """The map of keys, until it is left."""
        self.key_map.show_groups(groups)
        self.setCurrentWidget(self.key_map)

    def _on_keys_left(self) -> None:
        if self.currentWidget() is self.key_map:
            self.show_lock(self._session.locked)
