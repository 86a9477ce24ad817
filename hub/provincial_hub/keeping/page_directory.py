"""Complete page images in a directory, behind the four methods that an object store can offer as well."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Protocol

from provincial_hub.keeping.durable import make_folder, sync_folder


class PageStore(Protocol):
    """Where complete, verified page images lie. A key is `<station>/<sha256>`."""

    def put_if_absent(self, key: str, source: Path) -> None:
        """Keep the file `source` under `key` and consume it. When this returns, the page survives a power cut."""
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


class PageDirectory:
    """A `PageStore` of plain files: `<root>/<station>/<first two hex digits>/<sha256>`."""

    def __init__(self, root: Path) -> None:
        self._root = root
        make_folder(root)

    def put_if_absent(self, key: str, source: Path) -> None:
        """`source` must lie on the same file system; it is synced, renamed, and the name is synced."""
        target = self._path(key)
        make_folder(target.parent)
        if target.exists():
            source.unlink(missing_ok=True)
        else:
            with source.open("rb") as content:
                os.fsync(content.fileno())
            source.replace(target)
        # Also for a page that was there: a hub killed after its rename may never have synced the name.
        sync_folder(target.parent)

    def get(self, key: str) -> bytes:
        return self._path(key).read_bytes()

    def head(self, key: str) -> int | None:
        try:
            return self._path(key).stat().st_size
        except FileNotFoundError:
            return None

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        station, sha256 = key.split("/")
        return self._root / station / sha256[:2] / sha256
