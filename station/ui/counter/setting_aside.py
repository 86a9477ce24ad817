"""A dossier is parked or handed over: kept where it is, and the counter is free for the next citizen."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from station.dossier.dossier import Dossier
from station.ui.counter.aside_bar import AsideBar
from station.ui.session import Session


class SettingAside(QObject):
    """`keep_typed` is called first: what was typed is kept with the dossier."""

    done = Signal(str, str)
    """What was done, and how to have the dossier again."""

    def __init__(self, session: Session, bar: AsideBar, keep_typed: Callable[[], None]) -> None:
        super().__init__(bar)
        self._session, self._keep_typed = session, keep_typed
        bar.parked.connect(self._on_park)
        bar.handed.connect(self._on_hand_over)

    def _on_park(self, note: str) -> None:
        desk = self._session.desk
        self._put_aside(lambda dossier_id: desk.queue.park(dossier_id, note, desk.officer), "parked")

    def _on_hand_over(self, to: str, note: str) -> None:
        desk = self._session.desk
        self._put_aside(lambda dossier_id: desk.queue.hand_over(dossier_id, to, note, desk.officer), "handed", to=to)

    def _put_aside(self, deed: Callable[[str], Dossier], told: str, **values: str) -> None:
        """Once it is kept, the citizen's screen is free too."""
        session, say = self._session, self._session.language
        dossier = session.dossier
        if dossier is None or session.scanning:
            return
        self._keep_typed()

        def done(kept: Dossier) -> None:
            name = kept.person_name or say("counter.header.no_person")
            session.show(None)
            self.done.emit(say(f"aside.{told}", name=name, **values), say(f"aside.{told}_do"))

        session.tasks.write(lambda: deed(dossier.id), done, session.failed.emit)
