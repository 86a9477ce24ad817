"""Files that survive a power cut once the call returns: temporary file, fsync, rename, directory fsync."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import sys
from pathlib import Path

from station.errors import StoreError

TEMPORARY = ".part-"
"""How the name of a file that was never finished begins."""

_FULL = (errno.ENOSPC, errno.EDQUOT)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


def write(file: Path, content: bytes, *, replace: bool = True) -> None:
    """Put `content` under this name whole or not at all; durable on return.

    Raises `FileExistsError` where the name is taken and `replace` is False, and `StoreError("store.disk_full")`,
    `("store.no_permission")` or `("store.disk_failed")` with nothing left behind.
    """
    part = file.with_name(f"{TEMPORARY}{secrets.token_hex(8)}")
    try:
        try:
            _write_and_flush(part, content)
            if replace:
                part.replace(file)
            else:
                _rename_to_free_name(part, file)
        except BaseException:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            raise
        sync_folder(file.parent)
    except FileExistsError:
        raise
    except OSError as error:
        raise failure(error) from error


def make_folder(folder: Path) -> None:
    """Create a folder that only this user may enter, with its parents; durable on return."""
    try:
        missing = [place for place in (folder, *folder.parents) if not place.exists()]
        for place in reversed(missing):
            place.mkdir(mode=0o700, exist_ok=True)
            sync_folder(place.parent)
    except OSError as error:
        raise failure(error) from error


def make_private(folder: Path) -> None:
    """The same, and shut a folder that was there before: IT staff make it first, to put the settings in."""
    make_folder(folder)
    try:
        if sys.platform != "win32" and folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
    except OSError as error:
        raise failure(error) from error


def takes_files(folder: Path) -> bool:
    """Whether a small file can be written here now, and be flushed."""
    probe = folder / f"{TEMPORARY}{secrets.token_hex(8)}"
    try:
        try:
            _write_and_flush(probe, b"\0")
        finally:
            probe.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def sync_file(file: Path) -> None:
    """Flush a file that something else wrote."""
    descriptor = os.open(file, os.O_RDWR)
    try:
        _flush(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Flush the names in a folder. Windows has no such call: NTFS journals its names."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        _flush(descriptor)
    finally:
        os.close(descriptor)


def failure(error: OSError) -> StoreError:
    """What the operating system said, as the station's error."""
    if error.errno in _FULL:
        return StoreError("store.disk_full")
    if error.errno in _FORBIDDEN:
        return StoreError("store.no_permission")
    return StoreError("store.disk_failed", reason=errno.errorcode.get(error.errno or 0, "unknown"))


def _write_and_flush(file: Path, content: bytes) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(content)
        opened.flush()
        _flush(descriptor)


def _flush(descriptor: int) -> None:
    if sys.platform == "darwin":
        import fcntl

        # fsync on macOS stops at the drive's own cache.
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
    else:
        os.fsync(descriptor)


def _rename_to_free_name(part: Path, file: Path) -> None:
    if sys.platform == "win32":
        part.rename(file)  # refuses a taken name there, overwrites it elsewhere
    else:
        file.hardlink_to(part)
        part.unlink()
