"""Writing a file to a stick that may be full, write-protected or pulled out at any moment."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, NoReturn

from station.errors import InputError

ENDING, PARTIAL = ".tsc", ".part"
_ROOM_TO_SPARE = 4 << 20
_OURS = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\.tsc\.part")
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_PROTECTED = {errno.EROFS, errno.EACCES, errno.EPERM}


class Out(io.RawIOBase):
    """What is written to. `failure` is what the stick said: who encrypts makes another error of it."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file
        self.failure: OSError | None = None

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        try:
            return self._file.write(piece)
        except OSError as error:
            self.failure = self.failure or error
            raise

    def flush(self) -> None:
        """The file is flushed once it is whole."""


def must_have_room(folder: Path, wanted: int) -> None:
    """Raises `InputError`: `courier.no_folder`, `courier.no_room` (megabytes that are missing)."""
    if not folder.is_dir():
        raise InputError("courier.no_folder")
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        _told(error)
    lacking = wanted + _ROOM_TO_SPARE - free
    if lacking > 0:
        raise InputError("courier.no_room", megabytes=(lacking >> 20) + 1)


def sweep(folder: Path) -> None:
    """Clear away what a stick that was pulled out left half written."""
    with contextlib.suppress(OSError):
        for file in folder.iterdir():
            if _OURS.fullmatch(file.name) and file.is_file():
                file.unlink()


def write_whole(file: Path, fill: Callable[[IO[bytes]], None]) -> int:
    """The file as `fill` writes it, under its name only once all of it lies on the stick; its size.

    Raises `InputError`: `courier.no_room`, `courier.write_protected`, `courier.stick_gone`.
    """
    partial = file.with_name(file.name + PARTIAL)
    try:
        with partial.open("xb") as out:
            fill(out)
            out.flush()
            os.fsync(out.fileno())
            size = os.fstat(out.fileno()).st_size
        partial.replace(file)
        _sync_folder(file.parent)
    except BaseException as error:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)
        if isinstance(error, OSError):
            _told(error)
        raise
    return size


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _told(error: OSError) -> NoReturn:
    if error.errno in _FULL:
        raise InputError("courier.no_room", megabytes=1) from error
    if error.errno in _PROTECTED:
        raise InputError("courier.write_protected") from error
    raise InputError("courier.stick_gone") from error
