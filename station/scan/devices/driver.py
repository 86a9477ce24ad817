"""What every way of getting pages answers."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Protocol

from station.dossier.capture import CapturedImage, Device, ScanJob


class Driver(Protocol):
    """One way of getting pages. The ids of its devices are its `kind`, alone or before a colon."""

    kind: str

    def devices(self) -> Sequence[Device]:
        """What it can drive now; one that a person must see to first is listed with `ready` False and a remedy."""
        ...

    def scan(self, job: ScanJob, deliver: Callable[[CapturedImage], None], cancel: threading.Event) -> None:
        """As `PageSources.scan`."""
        ...
