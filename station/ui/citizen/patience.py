"""When nobody has touched the citizen's screen for too long, it shows nothing of anybody any more."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from station.ui.session import CitizenView, Session

_TIMES = {
    CitizenView.ASK: 1.0,
    CitizenView.SIGN: 1.0,
    CitizenView.PAY: 4.0,  # who pays with a telephone does not touch this screen
    CitizenView.THANKS: 1.0,
    CitizenView.RATE: 0.33,  # the next citizen must not rate for this one
}
"""How many times the station's patience each view has; the others show nothing of anybody."""
_TOLD = frozenset({CitizenView.ASK, CitizenView.SIGN, CitizenView.PAY})


class Patience(QObject):
    """Goes back to the welcome; where the citizen still had something to do, the officer is told."""

    def __init__(self, session: Session, seconds: int) -> None:
        super().__init__()
        self._session, self._seconds = session, seconds
        self._view = CitizenView.IDLE
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self._on_end)

    def show_view(self, view: CitizenView) -> None:
        """Another view stands there, or the same one anew."""
        self._view = view
        if view in _TIMES:
            self.timer.start(round(_TIMES[view] * self._seconds * 1000))
        else:
            self.timer.stop()

    def touched(self) -> None:
        """Somebody is there."""
        if self.timer.isActive():
            self.timer.start()

    def _on_end(self) -> None:
        if self._session.citizen_view is not self._view:
            return
        if self._view in _TOLD:
            self._session.tell_officer("asleep")
        self._session.let_citizen_see(CitizenView.IDLE)
