"""A run of a device, or an opened file, counted: what was delivered, what was kept, and why the rest was not."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from station.actions.ports.clock import Clock
from station.actions.ports.dossiers import Dossiers
from station.dossier.capture import CapturedImage
from station.dossier.intake import Feeding
from station.errors import StationError, StoreError

log = logging.getLogger(__name__)

Kept = TypeVar("Kept")

NOT_FOR_PAGES = "not_for_pages"
"""Why an image is not kept that was asked for to be looked at only: the picture of an ID card."""
_ONE_MORE = frozenset({"device.jammed", "device.damaged_page"})
"""The device drew a sheet in that it could not deliver."""


class Running:
    """One run under way."""

    def __init__(self, feeding: Feeding) -> None:
        self.id = feeding.id
        self.fed = 0

    def count(self, keep: Callable[[CapturedImage], Kept]) -> Callable[[CapturedImage], Kept]:
        """`keep`, with every image counted that it is given, whether it can be kept or not."""

        def counted(image: CapturedImage) -> Kept:
            self.fed += 1
            return keep(image)

        return counted


class Feedings:
    def __init__(self, dossiers: Dossiers, clock: Clock) -> None:
        self._dossiers, self._clock = dossiers, clock

    @contextmanager
    def run(self, source: str, by: str = "", dossier_id: str = "", reason: str | None = None) -> Iterator[Running]:
        """Durable from the beginning: a run that the program does not survive is found broken off.

        `reason` says why what is delivered is not kept; what ends the run early says it otherwise.
        """
        feeding = Feeding(uuid.uuid4().hex, source, by, self._clock.now(), dossier_id)
        with self._dossiers.transaction() as kept:
            if dossier_id:
                kept.permit("add_page", by, dossier_id)
            kept.begin_feeding(feeding)
        running = Running(feeding)
        try:
            yield running
        except StationError as error:
            self._end(running, error.code)
            raise
        self._end(running, reason)

    def _end(self, running: Running, reason: str | None) -> None:
        fed = running.fed + (reason in _ONE_MORE)
        try:
            with self._dossiers.transaction() as kept:
                kept.end_feeding(running.id, fed, reason, self._clock.now())
        except StoreError as error:  # what is full or broken has been told; the run is found broken off
            log.warning("a run of a device was not ended in the books: %s", error.code)
