"""What the sync room asks of those who know pictures: a small one of a page, where the page itself takes long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Rendition:
    """One coding of a page. The page itself stays what it is; this is never evidence of anything."""

    media_type: str
    content: bytes


class Renditions(Protocol):
    """Makes them where images may be opened."""

    def preview(self, sha256: str, /) -> Rendition | None:
        """At most 64 KiB; None where none is worth sending. Raises `StationError` where none can be made."""
        ...


class NoRenditions:
    """A station that sends pages only."""

    def preview(self, _sha256: str) -> None:
        return None
