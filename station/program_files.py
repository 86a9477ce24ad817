"""The files that came with the program, held against the digests that `resources/models.toml` tells of them."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from pathlib import Path

MANIFEST = "models.toml"


def damaged(resources: Path) -> Iterator[str]:
    """The paths, below `resources`, of those that are missing or not as they were shipped.

    Where the manifest itself is, it is the only one that is named: nothing is known of the others.
    """
    try:
        told = tomllib.loads((resources / MANIFEST).read_text(encoding="utf-8"))
        digests = {str(entry["path"]): entry["sha256"] for entry in (*told["file"], *told["ours"])}
    except (OSError, ValueError, KeyError, TypeError):
        yield MANIFEST
        return
    for path, digest in digests.items():
        file = resources / path
        if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != digest:
            yield path
