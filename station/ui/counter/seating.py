"""Somebody sits down at the officer's window, or may do more or less than before: what they see by that."""

from __future__ import annotations

from PySide6.QtCore import QObject

from station.dossier.dossier import State
from station.ui.counter.on_counter import OnCounter
from station.ui.counter.pages import Pages
from station.ui.counter.pages_above import PagesAbove
from station.ui.counter.seat import serves
from station.ui.counter.work_area import WorkArea
from station.ui.session import CitizenView, Session


class Seating(QObject):
    """Who may not serve sees no dossier: the machine is all there is to them."""

    def __init__(
        self, session: Session, work: WorkArea, pages: Pages, above: PagesAbove, on_counter: OnCounter
    ) -> None:
        super().__init__(work)
        self._session, self._work, self._pages = session, work, pages
        self._above, self._on_counter = above, on_counter
        self._officer, self._served = session.desk.officer, True
        session.seated.connect(self.show)
        session.listed.connect(self._on_listed)

    def show(self) -> None:
        """What stands before who sits here now."""
        desk, dossier = self._session.desk, self._session.dossier
        self._served = serves(desk)
        if desk.officer != self._officer:
            desk.queue.undo.forget()  # nobody takes back what somebody else did
            self._officer = desk.officer
        self._work.header.show_officer(serves=self._served)
        self._work.status.show_officer()
        self._work.step_bar.show_work(shown=self._served)
        self._on_counter.show(dossier)
        if self._served and dossier is not None and desk.officer:  # handed over with the seat: now seen by another
            self._session.tasks.write(
                lambda: desk.see(dossier.id, desk.officer), lambda _seen: None, self._session.failed.emit
            )
        if not self._served:
            self._put_away()
            self._above.open_administration()
        elif self._above.is_administration_in_front:
            self._pages.uncover()

    def _put_away(self) -> None:
        """No word of it stays for who may not see it; what was half typed waits in its field for who may."""
        self._work.messages.clear()
        self._work.aside.clear()
        dossier = self._session.dossier
        if dossier is not None and dossier.state is State.OPEN:
            self._session.let_citizen_see(CitizenView.WAIT)

    def _on_listed(self) -> None:
        if serves(self._session.desk) is not self._served:
            self.show()
