"""Where page images come from, and what can be made out of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Protocol

from station.dossier.capture import CapturedImage, Device, ScanJob
from station.dossier.judgement import Judgement
from station.dossier.outline import Outline
from station.dossier.picture import Picture
from station.dossier.reading import PageReading
from station.errors import StationError


class PageSources(Protocol):
    """Scanners, folders, trays: everything that yields page images. Each runs in a child process."""

    def devices(self) -> Sequence[Device]: ...

    def scan(self, job: ScanJob, deliver: Callable[[CapturedImage], None], cancel: threading.Event) -> None:
        """Call `deliver` for each page as soon as it is complete; return when there are no more.

        A page counts as taken when `deliver` returns. Raises `DeviceError` (with earlier pages delivered);
        `DeviceError("device.cancelled")` after `cancel` was set.
        """
        ...

    def open_file(
        self, content: bytes, name: str, deliver: Callable[[CapturedImage], None], cancel: threading.Event
    ) -> None:
        """Split a file (image, multi-page TIFF, PDF) into pages; raises `InputError` before the first page.

        `DeviceError("device.cancelled")` if `cancel` is set before that: a file arrives whole or not at all.
        """
        ...


class PageReader(Protocol):
    """Reads pages in worker processes. Returns at once; `done` is called from another thread."""

    def read(
        self,
        content: bytes,
        done: Callable[[PageReading | StationError], None],
        outline: Outline | None = None,
        early: Callable[[PageReading], None] | None = None,
    ) -> None:
        """Read the image, or what lies inside `outline`. `early` may be told before what is known by then."""
        ...


class PageGate(Protocol):
    """Says what is wrong with an image before it is read, in a fraction of the time; `done` as with `PageReader`."""

    def judge(self, content: bytes, done: Callable[[Judgement | StationError], None]) -> None: ...

    def find_same(self, one: str, others: Sequence[str], done: Callable[[int | StationError | None], None]) -> None:
        """Which of the other fingerprints is the first of the same page; None if none is."""
        ...


class Pictures(Protocol):
    """Images from outside as plain pixels, for the screens."""

    def picture(self, content: bytes, side: int, rotation: int = 0, outline: Outline | None = None) -> Picture:
        """Its longer side at most `side`, turned clockwise; raises `InputError` and `ReadingError`."""
        ...


class CodeReader(Protocol):
    """Finds machine-readable codes in an image (a photographed or scanned card)."""

    def read_codes(self, content: bytes) -> Sequence[str]:
        """Exact UTF-8 texts, in reading order; raises `InputError("code.undecodable")` for any other bytes."""
        ...
