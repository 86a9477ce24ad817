"""What the sync room asks of those who know pictures: a small one of a page, where the page itself takes long."""

from __future__ import annotations

from typing import Protocol

from station.dossier.rendition import Rendition


class Renditions(Protocol):
    """Makes them where images may be opened."""

    def preview(self, sha256: str, /) -> Rendition | None:
        """At most 64 KiB; None where none is worth sending. Raises `StationError` where none can be made."""
        ...


class NoRenditions:
    """A station that sends pages only."""

    def preview(self, _sha256: str) -> None:
        return None
