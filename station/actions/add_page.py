"""A page that came in is kept: when this returns, it survives a kill and a power cut."""

from __future__ import annotations

import uuid

from station.actions.change import Change
from station.actions.ports.dossiers import Pages
from station.dossier.capture import CapturedImage
from station.dossier.dossier import Dossier
from station.dossier.intake import TakenImage
from station.dossier.page import Page


class AddPage:
    def __init__(self, change: Change, pages: Pages) -> None:
        self._change, self._pages = change, pages

    def __call__(self, dossier_id: str, image: CapturedImage, by: str, feeding: str = "") -> Page:
        """Keep the image first, then the row that refers to it: a cut between leaves an orphan, never a gap.

        `feeding` is the run of the device that delivered it.
        """
        sha256 = self._pages.keep(image.content, dossier_id)
        page_id, now = uuid.uuid4().hex, self._change.clock.now()

        def add(dossier: Dossier) -> Dossier:
            return dossier.with_page(
                Page(
                    id=page_id,
                    number=len(dossier.pages) + 1,
                    sha256=sha256,
                    size=len(image.content),
                    media_type=image.media_type,
                    origin=image.origin,
                    captured_at=now,
                    image=page_id,
                )
            )

        taken = TakenImage(page_id, dossier_id, sha256, now, feeding)
        return self._change(dossier_id, "add_page", by, add, taken, page=page_id, origin=image.origin).page(page_id)
