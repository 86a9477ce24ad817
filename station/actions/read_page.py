"""A kept page is read in a worker process, and what was read is written into its dossier."""

from __future__ import annotations

import logging
from collections.abc import Callable

from station.actions.change import Change
from station.actions.ports import PageReader, Pages
from station.dossier.dossier import Dossier
from station.dossier.reading import PageReading
from station.errors import StationError, StoreError

log = logging.getLogger(__name__)

MACHINE = "machine"
"""Who reads, in the audit trail."""


CLOSED = "reading.closed"


class ReadPage:
    def __init__(self, change: Change, pages: Pages, reader: PageReader) -> None:
        self._change, self._pages, self._reader = change, pages, reader

    def __call__(
        self,
        dossier_id: str,
        page_id: str,
        sha256: str,
        done: Callable[[Dossier], None],
        failed: Callable[[StoreError], None],
    ) -> None:
        """Returns at once. `done` gets the dossier with the page's values, from another thread.

        `failed` is told when the reading could not be kept (a full disk): the page stays unread and can be read again.
        If the page was removed or the dossier sealed meanwhile, the reading is dropped and neither is called.
        """

        def keep(result: PageReading | StationError) -> None:
            if isinstance(result, StationError) and result.code == CLOSED:
                return  # the station is closing: the page is read when the dossier is taken up again
            try:
                done(self._keep(dossier_id, page_id, result))
            except StoreError as error:
                failed(error)
            except StationError as error:
                log.info("reading of page %s dropped: %s", page_id, error.code)

        try:
            content = self._pages.read(sha256)
        except StationError as error:
            keep(error)
            return
        self._reader.read(content, keep)

    def _keep(self, dossier_id: str, page_id: str, result: PageReading | StationError) -> Dossier:
        if isinstance(result, StationError):
            code = result.code
            log.warning("page %s was not read: %s", page_id, code)
            return self._change(
                dossier_id, "read_page", MACHINE, lambda dossier: dossier.with_failure(page_id, code), failure=code
            )
        reading = result
        return self._change(
            dossier_id,
            "read_page",
            MACHINE,
            lambda dossier: dossier.with_reading(page_id, reading),
            page=page_id,
            kind=reading.kind,
            fields=len(reading.fields),
        )
