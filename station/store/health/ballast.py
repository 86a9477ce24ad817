"""A file of no use that gives its room back when the disk is full, so that the store can still be opened and closed."""

from __future__ import annotations

import logging
import os
import shutil
from pathlib import Path

from station.errors import StoreError
from station.store import durable

log = logging.getLogger(__name__)

SIZE = 1 << 20
"""Bytes: the index of the write-ahead log, and some transactions."""
_NAME = "ballast"
_ROOM = 3 * SIZE
"""With less than this free, the file itself would be what fills the disk."""


def take_in(folder: Path) -> None:
    """Lay the file down where there is room for it; that it cannot be had is no reason not to work."""
    file = folder / _NAME
    try:
        if (not file.exists() or file.stat().st_size < SIZE) and shutil.disk_usage(folder).free > _ROOM:
            durable.write(file, os.urandom(SIZE))  # zeros take no room on disks that compress
    except (OSError, StoreError) as error:
        log.warning("no ballast: %s", type(error).__name__)


def throw_out(folder: Path) -> bool:
    """Give its room back; False where there is none."""
    try:
        (folder / _NAME).unlink()
        durable.sync_folder(folder)
    except OSError:
        return False
    log.warning("the disk is full: the ballast was thrown out")
    return True
