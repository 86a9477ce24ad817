"""Files that the officer picks: which kinds, and how their bytes are read."""

from __future__ import annotations

from pathlib import Path

from station.errors import InputError

PICTURES = "*.jpg *.jpeg *.png *.tif *.tiff *.bmp *.webp"
DOCUMENTS = f"{PICTURES} *.pdf"
LARGEST = 200 * 1024 * 1024


def read_file(file: Path) -> bytes:
    """The bytes. Raises `InputError`: `file.no_access`, `file.too_heavy`."""
    try:
        if file.stat().st_size > LARGEST:
            raise InputError("file.too_heavy", megabytes=LARGEST // 1024 // 1024)
        return file.read_bytes()
    except OSError as error:
        raise InputError("file.no_access") from error
