"""Complete page images in a directory that survives a power cut."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from provincial_hub.keeping.durable import make_folder, sync_folder


class PageDirectory:
    """A `PageStore` of plain files: `<root>/<station>/<first two hex digits>/<sha256>`.

    What `put_if_absent` has returned for survives a power cut.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._durable: set[Path] = set()
        make_folder(root)

    def put_if_absent(self, key: str, source: Path) -> None:
        """`source` must lie on the same file system; it is synced, renamed, and the name is synced."""
        target = self.path(key)
        self._make(target.parent)
        if target.exists():
            os.utime(target)  # whoever clears away what nobody has claimed for long counts from now
            source.unlink(missing_ok=True)
        else:
            with source.open("rb") as content:
                os.fsync(content.fileno())
            source.replace(target)
        # Also for a page that was there: a hub killed after its rename may never have synced the name.
        sync_folder(target.parent)

    def _make(self, folder: Path) -> None:
        """Somebody who makes the same folder now, or was killed while making it, may not have synced its name."""
        if folder in self._durable and folder.is_dir():
            return
        make_folder(folder)
        sync_folder(folder.parent)
        sync_folder(folder.parent.parent)
        self._durable.add(folder)

    def get(self, key: str) -> bytes:
        return self.path(key).read_bytes()

    def head(self, key: str) -> int | None:
        try:
            return self.path(key).stat().st_size
        except FileNotFoundError:
            return None

    def delete(self, key: str) -> None:
        self.path(key).unlink(missing_ok=True)

    def path(self, key: str) -> Path:
        station, sha256 = key.split("/")
        return self._root / station / sha256[:2] / sha256

    def every_key(self) -> Iterator[str]:
        """Every page that is here."""
        for file in self._root.glob("*/*/*"):
            yield f"{file.parts[-3]}/{file.name}"
