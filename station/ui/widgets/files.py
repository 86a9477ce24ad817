"""Files that the officer picks: which kinds, and how their bytes are read."""

from __future__ import annotations

from pathlib import Path

from station.outside_file import read_outside

PICTURES = "*.jpg *.jpeg *.png *.tif *.tiff *.bmp *.webp"
DOCUMENTS = f"{PICTURES} *.pdf"
LARGEST = 200 * 1024 * 1024


def read_file(file: Path) -> bytes:
    """The bytes. Raises `InputError`: `file.no_access`, `file.not_a_file`, `file.too_heavy`."""
    return read_outside(file, LARGEST, follow=True)
