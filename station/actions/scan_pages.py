"""Pages come in from a scanner, a folder, the tray, or a file; each is kept before it is announced."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

from station.actions.add_page import AddPage
from station.actions.ports import PageSources
from station.dossier.capture import CapturedImage, Device, ScanJob
from station.dossier.page import Page
from station.errors import DeviceError

Captured = Callable[[Page], None]


class ScanPages:
    def __init__(self, sources: PageSources, add_page: AddPage) -> None:
        self._sources, self._add_page = sources, add_page

    def devices(self) -> Sequence[Device]:
        """Every way to get pages on this machine; slow, so never called on the screen's thread."""
        return self._sources.devices()

    def __call__(self, dossier_id: str, job: ScanJob, by: str, captured: Captured, cancel: threading.Event) -> int:
        """Scan until the device has no more; returns how many pages came. Raises `DeviceError`; pages stay."""
        return self._take(
            dossier_id,
            by,
            captured,
            lambda deliver: self._sources.scan(replace(job, owner=dossier_id), deliver, cancel),
        )

    def from_file(
        self,
        dossier_id: str,
        content: bytes,
        name: str,
        by: str,
        captured: Captured,
        cancel: threading.Event | None = None,
    ) -> int:
        """Every page of an image, TIFF or PDF file, or none. Raises `InputError` when the file cannot be used."""
        stop = cancel or threading.Event()
        return self._take(
            dossier_id, by, captured, lambda deliver: self._sources.open_file(content, name, deliver, stop)
        )

    def one_image(self, job: ScanJob, cancel: threading.Event) -> CapturedImage:
        """The next image of a device, kept nowhere: the picture of an ID card, whose code is all that is wanted.

        Raises `DeviceError`, `device.no_paper` where the device ended without an image.
        """
        images: list[CapturedImage] = []

        def take(image: CapturedImage) -> None:
            if images:
                raise DeviceError("device.cancelled")  # not taken: it stays where it came from
            images.append(image)
            cancel.set()

        try:
            self._sources.scan(job, take, cancel)
        except DeviceError:
            if not images:
                raise
        if not images:
            raise DeviceError("device.no_paper")
        return images[0]

    def _take(
        self, dossier_id: str, by: str, captured: Captured, source: Callable[[Callable[[CapturedImage], None]], None]
    ) -> int:
        pages = 0

        def keep(image: CapturedImage) -> None:
            nonlocal pages
            page = self._add_page(dossier_id, image, by)
            pages += 1
            captured(page)

        source(keep)
        return pages
