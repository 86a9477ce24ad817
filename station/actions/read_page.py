"""A kept page is read in a worker process, and what was read is written into its dossier."""

from __future__ import annotations

import logging
from collections.abc import Callable

from station.actions.change import Change
from station.actions.ports.dossiers import Pages
from station.actions.ports.papers import PageReader
from station.dossier.dossier import Dossier
from station.dossier.outline import Outline
from station.dossier.reading import PageReading
from station.errors import RuleError, StationError, StoreError

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
        outline: Outline | None = None,
        early: Callable[[PageReading], None] | None = None,
    ) -> None:
        """Returns at once. `done` gets the dossier with the page's values, from another thread.

        `outline` is where the paper lies in the image, as it stands in the page. `early` is told what is known before
        the reading is complete: it is shown and not kept.

        `failed` is told when the reading could not be kept (a full disk): the page stays unread and can be read again.
        If the page was removed or framed anew or the dossier sealed meanwhile, the reading is dropped and neither is
        called.
        """

        def keep(result: PageReading | StationError) -> None:
            if isinstance(result, StationError) and result.code == CLOSED:
                return  # the station is closing: the page is read when the dossier is taken up again
            try:
                done(self._keep(dossier_id, page_id, outline, result))
            except StoreError as error:
                failed(error)
            except StationError as error:
                log.info("reading of page %s dropped: %s", page_id, error.code)

        try:
            content = self._pages.read(sha256)
        except StationError as error:
            keep(error)
            return
        self._reader.read(content, keep, outline, early)

    def _keep(
        self, dossier_id: str, page_id: str, outline: Outline | None, result: PageReading | StationError
    ) -> Dossier:
        detail: dict[str, str | int]
        if isinstance(result, StationError):
            log.warning("page %s was not read: %s", page_id, result.code)
            detail = {"failure": result.code}
        else:
            detail = {"page": page_id, "kind": result.kind, "fields": len(result.fields)}

        def attach(dossier: Dossier) -> Dossier:
            if dossier.page(page_id).outline != outline:
                raise RuleError("dossier.page_changed")
            if isinstance(result, StationError):
                return dossier.with_failure(page_id, result.code)
            return dossier.with_reading(page_id, result)

        return self._change(dossier_id, "read_page", MACHINE, attach, None, **detail)
