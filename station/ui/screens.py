"""Both windows on the displays there are: the officer's on the first, the citizen's full screen on the second."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QApplication, QDialog

from station.ui.citizen.window import CitizenWindow
from station.ui.counter.window import CounterWindow
from station.ui.idle import IdleWatch
from station.ui.session import CitizenView, Session

TURNED = frozenset({CitizenView.ASK, CitizenView.PAY, CitizenView.SIGN})
"""What the only display is turned to the citizen for."""
PRIVATE = TURNED | {CitizenView.THANKS}


class Screens(QObject):
    """Follows displays that are plugged in or out. With one display, the officer turns it to the citizen (F11).

    After `idle_minutes` without a touch the screens are locked; 0: never by themselves.
    """

    def __init__(self, application: QApplication, session: Session, idle_minutes: int = 0) -> None:
        super().__init__()
        self._application, self._session = application, session
        self.counter = CounterWindow(session)
        self.citizen = CitizenWindow(session)
        self.turned: CitizenWindow | None = None
        self.idle = IdleWatch(application, session, idle_minutes) if idle_minutes else None
        self.counter.confirm.turn_asked.connect(self._on_turn_asked)
        self.counter.closed.connect(self._on_counter_closed)
        session.citizen_view_changed.connect(self._on_view_changed)
        session.locked_changed.connect(self._on_locked_changed)
        application.screenAdded.connect(lambda _screen: self._place())
        application.screenRemoved.connect(self._on_screen_removed)

    def _on_locked_changed(self, locked: bool) -> None:
        """A question that stood open in front of the counter may name somebody: it is answered with no."""
        if locked:
            for widget in QApplication.topLevelWidgets():
                if isinstance(widget, QDialog) and widget.isVisible():
                    widget.reject()

    def show(self) -> None:
        """Show the officer's window, and the citizen's where there is a display for it."""
        self._place()
        self.counter.activateWindow()

    def _on_screen_removed(self, gone: QScreen) -> None:
        # Qt tells while the display still stands in its list.
        was_shown = self.citizen.isVisible()
        self._place(without=gone)
        if was_shown and not self.citizen.isVisible() and self._session.citizen_view in PRIVATE:
            # What comes back, plugged into whatever display, must not show what stood there: the officer says when.
            self._session.let_citizen_see(CitizenView.WAIT if self._session.dossier else CitizenView.IDLE)
            self._session.tell_officer("unplugged")

    def _place(self, without: QScreen | None = None) -> None:
        there = [screen for screen in self._application.screens() if screen is not without]
        if not there:
            return  # every display is gone for a moment: what comes back is placed then
        # The order of screens() says nothing about where they stand.
        first, *others = sorted(there, key=lambda screen: (screen.geometry().x(), screen.name()))
        self._put(self.counter, first, full=False)
        self.counter.confirm.show_turn(one_display=not others)
        if others:
            self._turn_back()
            self._put(self.citizen, others[0], full=True)
        else:
            self.citizen.hide()

    def _put(self, window: CounterWindow | CitizenWindow, screen: QScreen, *, full: bool) -> None:
        if window.isVisible() and window.screen() is screen:
            return
        window.setScreen(screen)
        window.setGeometry(screen.availableGeometry() if not full else screen.geometry())
        if full:  # not showFullScreen: it asks for the keyboard, which stays with the officer
            window.setWindowState(Qt.WindowState.WindowFullScreen)
            window.show()
        else:
            window.showMaximized()

    def _on_turn_asked(self) -> None:
        if self.turned is None:
            self._session.let_citizen_see(CitizenView.ASK)
            self._turn()

    def _turn(self) -> None:
        if self.turned is None:
            self.turned = CitizenWindow(self._session, turned=True)
            self.turned.turned_back.connect(self._turn_back)
            self.turned.setScreen(self.counter.screen())
            self.turned.setGeometry(self.counter.screen().geometry())  # full screen even where nobody manages windows
            self.turned.showFullScreen()
            self.turned.activateWindow()

    def _on_view_changed(self, view: CitizenView) -> None:
        """Nothing more to ask, the citizen said Sai, or the screen was locked: the display is the officer's again."""
        if view not in TURNED:
            self._turn_back()
        elif view is not CitizenView.ASK and self.counter.isVisible() and not self.citizen.isVisible():
            self._turn()  # the officer asked for it; questions come by themselves, and wait for F11

    def _turn_back(self) -> None:
        if self.turned is not None:
            turned, self.turned = self.turned, None
            turned.close()
            turned.deleteLater()
            self.counter.activateWindow()

    def _on_counter_closed(self) -> None:
        self._turn_back()
        self.citizen.close()
        self._application.quit()
