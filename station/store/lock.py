"""One station at a time: a lock on the data folder that the operating system drops when the program dies."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from station.errors import StoreError
from station.store import durable


class FolderLock:
    """Held from `take` to `release`."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    @classmethod
    def take(cls, folder: Path) -> FolderLock:
        """Raises `StoreError("store.in_use")` where another program holds it."""
        try:
            descriptor = os.open(folder / "store.lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise durable.failure(error) from error
        try:
            _lock(descriptor)
        except OSError as error:
            os.close(descriptor)
            raise StoreError("store.in_use") from error
        return cls(descriptor)

    @classmethod
    def is_held(cls, folder: Path) -> bool:
        """Whether another program holds it now; raises `StoreError` where the folder cannot be looked at."""
        try:
            cls.take(folder).release()
        except StoreError as error:
            if error.code != "store.in_use":
                raise
            return True
        return False

    def release(self) -> None:
        os.close(self._descriptor)


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
