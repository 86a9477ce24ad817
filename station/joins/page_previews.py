"""Joins the pages of the store, the process that opens images, and the sync room that sends previews of them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import Protocol

from station.dossier.rendition import MOST_BYTES, Rendition
from station.sync.renditions import InTheMaking

_KEPT = 16
_WORTH_IT = 3
"""How many times smaller than its page a preview has to be."""


class Pages(Protocol):
    def read(self, sha256: str) -> bytes: ...


class Previewer(Protocol):
    def preview(self, content: bytes) -> Rendition: ...


class PagePreviews:
    """The last few stay in memory: a line that breaks off asks for the same one again. Nothing of them is on disk.

    Made in a thread of their own: the first one waits for a process that starts, up to a quarter of a minute on a slow
    machine, and what goes over the line must not stand still so long. `patience` are the seconds for which it may:
    as a rule one is made sooner, and goes before its page.
    """

    def __init__(self, pages: Pages, workers: Previewer, patience: float = 1.0) -> None:
        self._pages = pages
        self._workers = workers
        self._patience = patience
        self._made: OrderedDict[str, Rendition | None] = OrderedDict()
        self._under_way: dict[str, Future[Rendition | None]] = {}
        self._listeners: list[Callable[[], None]] = []

    def on_made(self, listener: Callable[[], None]) -> None:
        """Call it, from another thread, whenever one is there, or cannot be made after all."""
        self._listeners.append(listener)

    def preview(self, sha256: str) -> Rendition | InTheMaking | None:
        """None for a page that is hardly larger itself. Raises `StationError` for one that cannot be opened."""
        if sha256 not in self._made:
            told = self._under_way.get(sha256) or self._begin(sha256)
            if wait([told], self._patience).not_done:
                return InTheMaking()
            del self._under_way[sha256]
            self._made[sha256] = told.result()
            if len(self._made) > _KEPT:
                self._made.popitem(last=False)
        return self._made[sha256]

    def _begin(self, sha256: str) -> Future[Rendition | None]:
        told = self._under_way[sha256] = Future()
        threading.Thread(target=self._make, args=(sha256, told), name="preview", daemon=True).start()
        return told

    def _make(self, sha256: str, told: Future[Rendition | None]) -> None:
        try:
            told.set_result(self._worth_sending(sha256))
        except Exception as error:
            told.set_exception(error)
        for listener in self._listeners:
            listener()

    def _worth_sending(self, sha256: str) -> Rendition | None:
        content = self._pages.read(sha256)
        made = self._workers.preview(content) if len(content) > MOST_BYTES else None
        return made if made is not None and len(made.content) * _WORTH_IT <= len(content) else None
