"""The files that came with the program, held against the digests that `resources/models.toml` tells of them."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from pathlib import Path

MANIFEST = "models.toml"


def damaged(resources: Path) -> Iterator[str]:
    """The paths, below `resources`, of those that are missing or not as they were shipped."""
    told = tomllib.loads((resources / MANIFEST).read_text(encoding="utf-8"))
    for entry in (*told["file"], *told["ours"]):
        file = resources / entry["path"]
        if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != entry["sha256"]:
            yield str(entry["path"])
