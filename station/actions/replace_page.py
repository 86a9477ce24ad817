"""A page is scanned again: the new image takes the old page's place once it is kept, and the trail names both."""

from __future__ import annotations

import uuid

from station.actions.change import Change
from station.actions.ports.dossiers import Pages
from station.dossier.capture import CapturedImage
from station.dossier.images import replaced
from station.dossier.intake import TakenImage
from station.dossier.page import Page


class ReplacePage:
    def __init__(self, change: Change, pages: Pages) -> None:
        self._change, self._pages = change, pages

    def __call__(self, dossier_id: str, page: Page, image: CapturedImage, by: str, feeding: str = "") -> Page:
        """Keep the image first; if the page has gone meanwhile, `RuleError` and nothing changes."""
        sha256 = self._pages.keep(image.content, dossier_id)
        page_id, now = uuid.uuid4().hex, self._change.clock.now()
        fresh = Page(
            id=page_id,
            number=page.number,
            sha256=sha256,
            size=len(image.content),
            media_type=image.media_type,
            origin=image.origin,
            captured_at=now,
            image=page_id,
        )
        return self._change(
            dossier_id,
            "replace_page",
            by,
            lambda dossier: replaced(dossier, page.id, fresh),
            TakenImage(page_id, dossier_id, sha256, now, feeding),
            page=page.id,
            sha256=page.sha256,
            fresh=fresh.id,
            origin=image.origin,
        ).page(fresh.id)
