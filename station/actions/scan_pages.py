"""Pages come in from a scanner, a folder, the tray, or a file; each is kept before it is announced."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

from station.actions.add_page import AddPage
from station.actions.feedings import NOT_FOR_PAGES, Feedings
from station.actions.ports.papers import PageSources
from station.actions.replace_page import ReplacePage
from station.dossier.capture import CapturedImage, Device, ScanJob
from station.dossier.page import Page
from station.errors import DeviceError

Captured = Callable[[Page], None]
FILE = "file"
"""Where pages come from that the officer opened a file for."""


class ScanPages:
    def __init__(self, sources: PageSources, add_page: AddPage, replace_page: ReplacePage, feedings: Feedings) -> None:
        self._sources, self._add_page, self._replace_page = sources, add_page, replace_page
        self._feedings = feedings

    def devices(self) -> Sequence[Device]:
        """Every way to get pages on this machine; slow, so never called on the screen's thread."""
        return self._sources.devices()

    def __call__(self, dossier_id: str, job: ScanJob, by: str, captured: Captured, cancel: threading.Event) -> int:
        """Scan until the device has no more; returns how many pages came. Raises `DeviceError`; pages stay."""
        return self._take(
            dossier_id,
            job.device_id,
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
            dossier_id, FILE, by, captured, lambda deliver: self._sources.open_file(content, name, deliver, stop)
        )

    def again(
        self, dossier_id: str, page: Page, job: ScanJob, by: str, captured: Captured, cancel: threading.Event
    ) -> int:
        """The next image of the device in the page's place; sheets behind it stay where they are.

        Raises `DeviceError`, `device.no_paper` where the device ended without an image: the page then stays.
        """
        fresh: list[Page] = []

        with self._feedings.run(job.device_id, by, dossier_id) as running:
            replaced = running.count(lambda image: self._replace_page(dossier_id, page, image, by, running.id))

            def take(image: CapturedImage) -> None:
                if fresh:
                    raise DeviceError("device.cancelled")  # not taken: it stays where it came from
                fresh.append(replaced(image))
                captured(fresh[0])
                cancel.set()

            self._first_of(replace(job, owner=dossier_id), take, fresh, cancel)
        return 1

    def one_image(self, job: ScanJob, cancel: threading.Event) -> CapturedImage:
        """The next image of a device, kept nowhere: the picture of an ID card, whose code is all that is wanted.

        Raises `DeviceError`, `device.no_paper` where the device ended without an image.
        """
        images: list[CapturedImage] = []

        with self._feedings.run(job.device_id, reason=NOT_FOR_PAGES) as running:
            looked_at = running.count(images.append)

            def take(image: CapturedImage) -> None:
                if images:
                    raise DeviceError("device.cancelled")  # not taken: it stays where it came from
                looked_at(image)
                cancel.set()

            self._first_of(job, take, images, cancel)
        return images[0]

    def _first_of(
        self,
        job: ScanJob,
        take: Callable[[CapturedImage], None],
        taken: Sequence[object],
        cancel: threading.Event,
    ) -> None:
        """Scan until one image was taken; that the device was stopped by then is no error."""
        try:
            self._sources.scan(job, take, cancel)
        except DeviceError:
            if not taken:
                raise
        if not taken:
            raise DeviceError("device.no_paper")

    def _take(
        self,
        dossier_id: str,
        device: str,
        by: str,
        captured: Captured,
        source: Callable[[Callable[[CapturedImage], None]], None],
    ) -> int:
        pages = 0

        with self._feedings.run(device, by, dossier_id) as running:

            def keep(image: CapturedImage) -> None:
                nonlocal pages
                page = self._add_page(dossier_id, image, by, running.id)
                pages += 1
                captured(page)

            source(running.count(keep))
        return pages
