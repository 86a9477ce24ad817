"""Reading a file that somebody from outside put there: no link followed, no device opened, no more than allowed."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from station.errors import InputError


def read_outside(file: Path, most: int, *, follow: bool = False) -> bytes:
    """The bytes of a regular file. `follow` where a person picked it and may have picked a link.

    What is checked is what is read: the open file, not its name. Raises `InputError`: `file.no_access`,
    `file.not_a_file` for a link, a folder, a pipe or a device, `file.too_heavy` (megabytes).
    """
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
    if not follow:
        if file.is_symlink():  # told as what it is; the flag below is for the link that is put there in this moment
            raise InputError("file.not_a_file")
        flags |= getattr(os, "O_NOFOLLOW", 0)
    try:
        handle = os.open(file, flags)
    except (OSError, ValueError) as error:
        raise InputError("file.no_access") from error
    try:
        about = os.fstat(handle)
        if not stat.S_ISREG(about.st_mode):
            raise InputError("file.not_a_file")
        if about.st_size > most:
            raise InputError("file.too_heavy", megabytes=max(1, most >> 20))
        with os.fdopen(handle, "rb", closefd=False) as opened:
            content = opened.read(most + 1)
    except OSError as error:
        raise InputError("file.no_access") from error
    finally:
        os.close(handle)
    if len(content) > most:  # it grew meanwhile
        raise InputError("file.too_heavy", megabytes=max(1, most >> 20))
    return content
