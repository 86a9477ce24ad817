"""The beginnings of pages that are still arriving: what came before a break is kept for the next request."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from provincial_hub.keeping.durable import make_folder


class Spool:
    """One growing file for each page under way. One writer at a time for a key is the caller's duty."""

    def __init__(self, root: Path) -> None:
        self._root = root
        make_folder(root)

    def held(self, key: str) -> int:
        """How many bytes have arrived."""
        try:
            return self.path(key).stat().st_size
        except FileNotFoundError:
            return 0

    def begun(self, station: str) -> int:
        """How many pages of a station have begun to arrive."""
        try:
            return sum(1 for _ in os.scandir(self._root / station))
        except FileNotFoundError:
            return 0

    def append(self, key: str, chunk: bytes) -> None:
        """Add bytes at the end; they survive the death of this process from here on."""
        file = self.path(key)
        make_folder(file.parent)
        with file.open("ab", buffering=0) as out:
            rest = memoryview(chunk)
            while rest:
                rest = rest[out.write(rest) :]

    def sync(self, key: str) -> None:
        """Let what has arrived survive a power cut as well; a newer request may have finished the page meanwhile."""
        try:
            with self.path(key).open("rb") as content:
                os.fsync(content.fileno())
        except FileNotFoundError:
            return

    def sha256(self, key: str) -> str:
        """SHA-256 (hex) of what has arrived."""
        with self.path(key).open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest()

    def drop(self, key: str) -> None:
        """Forget what has arrived."""
        self.path(key).unlink(missing_ok=True)

    def drop_older_than(self, moment: float) -> int:
        """Forget the pages of which nothing has arrived since; returns how many."""
        old = [file for file in self._root.glob("[!.]*/*") if file.stat().st_mtime < moment]
        for file in old:
            file.unlink(missing_ok=True)
        return len(old)

    def path(self, key: str) -> Path:
        station, sha256 = key.split("/")
        return self._root / station / sha256
