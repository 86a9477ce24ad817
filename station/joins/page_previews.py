"""Joins the pages of the store, the process that opens images, and the sync room that sends previews of them."""

from __future__ import annotations

from collections import OrderedDict
from typing import Protocol

from station.dossier.rendition import MOST_BYTES, Rendition

_KEPT = 16
_WORTH_IT = 3
"""How many times smaller than its page a preview has to be."""


class Pages(Protocol):
    def read(self, sha256: str) -> bytes: ...


class Previewer(Protocol):
    def preview(self, content: bytes) -> Rendition: ...


class PagePreviews:
    """The last few stay in memory: a line that breaks off asks for the same one again. Nothing of them is on disk."""

    def __init__(self, pages: Pages, workers: Previewer) -> None:
        self._pages = pages
        self._workers = workers
        self._made: OrderedDict[str, Rendition | None] = OrderedDict()

    def preview(self, sha256: str) -> Rendition | None:
        """None for a page that is hardly larger itself. Raises `StationError` for one that cannot be opened."""
        if sha256 not in self._made:
            content = self._pages.read(sha256)
            made = self._workers.preview(content) if len(content) > MOST_BYTES else None
            self._made[sha256] = made if made is not None and len(made.content) * _WORTH_IT <= len(content) else None
            if len(self._made) > _KEPT:
                self._made.popitem(last=False)
        return self._made[sha256]
