"""What keeps complete, verified page images: a directory on this machine, or an object store that nodes share."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class PageStore(Protocol):
    """A key is `<station>/<sha256>`. Every method may block."""

    def put_if_absent(self, key: str, source: Path) -> None:
        """Keep the content of the file `source` under `key`, unless there is some; the file may be gone afterwards."""
        ...

    def get(self, key: str) -> bytes:
        """The page's bytes; raises `FileNotFoundError`."""
        ...

    def head(self, key: str) -> int | None:
        """The page's size in bytes, or None when there is no such page."""
        ...

    def delete(self, key: str) -> None:
        """Remove the page if it is there."""
        ...
