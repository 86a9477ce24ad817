"""The practice tray (khay giấy ảo): a folder of specimens that behaves like a feeder, for learning and showing.

Every sub-folder is a pile of papers, in the order of the names; a folder without any is one pile. A file `NN.fault`
that holds a code (`device.jammed`) makes the tray fail at that place, once.
"""

from __future__ import annotations

import mimetypes
import threading
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from station.dossier.capture import CapturedImage, Device, ScanJob
from station.scan.devices.status import Status

KIND = "tray"
_IMAGES = {".jpg", ".jpeg", ".png"}
_FAULT = ".fault"


class Tray:
    """Each scan from the feeder takes the next pile, each scan from the flatbed the next sheet."""

    kind = KIND

    def __init__(self, path: Path, name: str = KIND, delay: float = 0.4) -> None:
        self._path = path
        self._name = name
        self._delay = delay
        self._lock = threading.Lock()
        self._piles: deque[deque[Path]] = deque()
        self.reload()

    def devices(self) -> Sequence[Device]:
        ready = bool(_piles(self._path))
        return [Device(KIND, self._name, KIND, ("adf", "flatbed"), ready, None if ready else Status.NO_PAPER.value)]

    def reload(self) -> None:
        """Put all piles back."""
        with self._lock:
            self._piles = _piles(self._path)

    def scan(self, job: ScanJob, deliver: Callable[[CapturedImage], None], cancel: threading.Event) -> None:
        """Deliver as a scanner would, sheet by sheet with a small delay; raises `device.no_paper` when all are gone."""
        if not self._has_next_pile():
            raise Status.NO_PAPER.error()
        while True:
            if cancel.wait(self._delay):
                raise Status.CANCELLED.error()
            if (sheet := self._next_sheet()) is None:
                return
            if sheet.suffix == _FAULT:
                raise Status(sheet.read_text(encoding="utf-8").strip()).error()
            media_type = mimetypes.guess_type(sheet.name)[0] or "application/octet-stream"
            try:
                content = sheet.read_bytes()
            except OSError as error:  # the folder was taken away
                raise Status.LOST.error() from error
            deliver(CapturedImage(content, media_type, KIND))
            if job.source == "flatbed":
                return

    def _has_next_pile(self) -> bool:
        with self._lock:
            while self._piles and not self._piles[0]:
                self._piles.popleft()
            return bool(self._piles)

    def _next_sheet(self) -> Path | None:
        with self._lock:
            return self._piles[0].popleft() if self._piles and self._piles[0] else None


def _piles(path: Path) -> deque[deque[Path]]:
    if not path.is_dir():
        return deque()
    folders = sorted(folder for folder in path.iterdir() if folder.is_dir()) or [path]
    return deque(pile for folder in folders if (pile := _sheets(folder)))


def _sheets(folder: Path) -> deque[Path]:
    return deque(sorted(file for file in folder.iterdir() if file.suffix.lower() in {*_IMAGES, _FAULT}))
