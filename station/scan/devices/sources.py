"""All ways of getting pages, joined: what the deeds know as `PageSources`."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence

from station.dossier.capture import CapturedImage, Device, ScanJob
from station.scan.devices import files
from station.scan.devices.driver import Driver
from station.scan.devices.private_folder import sweep
from station.scan.devices.status import Status

Deliver = Callable[[CapturedImage], None]


class Sources:
    """The drivers in the order in which their devices are listed. Every call may take seconds: use a task's thread."""

    def __init__(self, drivers: Sequence[Driver]) -> None:
        self._drivers = {driver.kind: driver for driver in drivers}
        self._in_use: set[str] = set()
        self._lock = threading.Lock()
        if os.name == "posix":
            sweep()

    def devices(self) -> Sequence[Device]:
        """Every device, with what to do about those that are not ready; ends after the drivers' own deadlines."""
        return [device for driver in self._drivers.values() for device in driver.devices()]

    def scan(self, job: ScanJob, deliver: Deliver, cancel: threading.Event) -> None:
        """As `PageSources.scan`; raises `device.none` for a device of no driver, `device.busy` for one in use here."""
        driver = self._drivers.get(job.device_id.partition(":")[0])
        if driver is None:
            raise Status.NONE.error()
        with self._lock:
            if job.device_id in self._in_use:
                raise Status.BUSY.error()
            self._in_use.add(job.device_id)
        try:
            driver.scan(job, deliver, cancel)
        finally:
            with self._lock:
                self._in_use.discard(job.device_id)

    def open_file(self, content: bytes, name: str, deliver: Deliver, cancel: threading.Event) -> None:
        """As `PageSources.open_file`, in a child process."""
        files.open_file(content, name, deliver, cancel)
