"""A folder for page images on their way in: in memory where possible, ours alone, and gone afterwards for sure."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PREFIX = "digital-station-"
_LOCK = "in-use"
_UNLOCKED_GRACE = 3600.0


def _root() -> Path:
    """A file system in memory, so that citizens' papers never reach a disk unencrypted; else the usual place."""
    for candidate in (Path("/dev/shm"), Path(os.environ.get("XDG_RUNTIME_DIR") or "/nonexistent")):  # noqa: S108
        if candidate.is_dir() and os.access(candidate, os.W_OK | os.X_OK):
            return candidate
    return Path(tempfile.gettempdir())


@contextmanager
def private_folder(root: Path | None = None) -> Iterator[Path]:
    """Make a folder with mode 0700 and remove it at the end. POSIX only.

    Its owner holds a lock inside it, so that `sweep` can tell a folder in use from one left by a killed program.
    """
    import fcntl

    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=root or _root()))
    with (folder / _LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def sweep(root: Path | None = None) -> int:
    """Remove what killed programs of this user have left behind; returns how many folders."""
    import fcntl

    removed = 0
    for folder in (root or _root()).glob(f"{_PREFIX}*"):
        try:
            about = folder.lstat()
            if about.st_uid != os.getuid() or not folder.is_dir() or folder.is_symlink():
                continue
            if not (folder / _LOCK).exists() and time.time() - about.st_mtime < _UNLOCKED_GRACE:
                continue  # just being made
            with (folder / _LOCK).open("a") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
                removed += 1
        except OSError:
            continue  # in use (BlockingIOError), or gone meanwhile
    return removed
