"""What the sync room asks of those who know pictures: a small one of a page, where the page itself takes long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from station.dossier.rendition import Rendition


@dataclass(frozen=True, slots=True)
class InTheMaking:
    """It takes longer than the line should stand still for: the listener hears when it can be had."""


class Renditions(Protocol):
    """Makes them where images may be opened."""

    def preview(self, sha256: str, /) -> Rendition | InTheMaking | None:
        """At most 64 KiB; None where none is worth sending. Raises `StationError` where none can be made."""
        ...

    def on_made(self, listener: Callable[[], None], /) -> None:
        """Call it, from any thread, whenever one is there, or cannot be made after all."""
        ...


class NoRenditions:
    """A station that sends pages only."""

    def preview(self, _sha256: str) -> None:
        return None

    def on_made(self, _listener: Callable[[], None]) -> None:
        return
