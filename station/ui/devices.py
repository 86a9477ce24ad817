"""The devices of this machine, looked up off the screen's thread once for all steps."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from station.dossier.capture import Device
from station.errors import StationError
from station.ui.session import Session


class DeviceList(QObject):
    """`devices` is None until the first answer came."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.devices: Sequence[Device] | None = None
        self.looking = False

    def look(self) -> None:
        """Ask again; `changed` follows now (looking) and when the answer is there."""
        if self.looking:
            return
        self.looking = True
        self.changed.emit()
        self._session.tasks.device(
            self._session.desk.scan_pages.devices, self._on_found, self._on_failed, lambda: self._on_found(())
        )

    def look_once(self) -> None:
        """Ask, unless it is already known."""
        if self.devices is None:
            self.look()

    def _on_found(self, devices: Sequence[Device]) -> None:
        self.looking, self.devices = False, tuple(devices)
        self.changed.emit()

    def _on_failed(self, error: StationError) -> None:
        self.looking, self.devices = False, ()
        self.changed.emit()
        self._session.failed.emit(error)
