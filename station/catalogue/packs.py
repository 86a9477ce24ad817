"""Packs of procedures, calendar and forms that the province sends (contract/v1, Procedures): one ZIP file, kept whole.

What a pack says stands over what came with the program, and under what IT staff edited on this machine. The one before
it is kept: `take_back` puts it in its place again.
"""

from __future__ import annotations

import hashlib
import io
import logging
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from station.errors import ResourceError

log = logging.getLogger(__name__)

MOST_BYTES = 8 << 20
MOST_UNPACKED = 64 << 20
MOST_A_FILE = 1 << 20
FOLDERS = ("procedures", "calendar", "forms")
_NAME = re.compile(rf"({'|'.join(FOLDERS)})/([A-Za-z0-9][A-Za-z0-9._-]{{0,99}}\.toml)")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 1

Files = Mapping[str, Mapping[str, str]]
"""The text of each file by folder and name."""
Check = Callable[[Files], None]
"""Loads everything as the program would with this pack; raises `ResourceError`."""


class Packs:
    """The pack in use and the one before it, as two files. `write` must be atomic and durable."""

    def __init__(self, folder: Path, write: Callable[[Path, bytes], None]) -> None:
        self._current, self._before = folder / "pack.zip", folder / "pack_before.zip"
        self._write = write

    def in_use(self) -> str:
        """The SHA-256 of the pack in use; empty: none."""
        return hashlib.sha256(self._current.read_bytes()).hexdigest() if self._current.exists() else ""

    def files(self, name: str) -> Mapping[str, str]:
        """The texts of one folder of the pack in use; of none that cannot be read, which is said in the log."""
        try:
            return unpacked(self._current.read_bytes()).get(name, {}) if self._current.exists() else {}
        except (OSError, ResourceError) as error:
            log.warning("the pack of procedures is not used: %s", error)
            return {}

    def take(self, content: bytes, check: Check) -> None:
        """Use this pack from the next start on. Raises `ResourceError`, and stays with what there is then."""
        check(unpacked(content))
        if self._current.exists():
            self._write(self._before, self._current.read_bytes())
        self._write(self._current, content)

    def take_back(self) -> bool:
        """Use the one before it again; False where there is none."""
        if not self._before.exists():
            return False
        self._write(self._current, self._before.read_bytes())
        return True


def unpacked(content: bytes) -> Files:
    """What is in a pack. Raises `ResourceError("resource.bad_pack")`, naming what is wrong with it."""
    if len(content) > MOST_BYTES:
        raise ResourceError("resource.bad_pack", place="size")
    found: dict[str, dict[str, str]] = {}
    room = MOST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                named = _NAME.fullmatch(entry.filename)
                if named is None or entry.compress_type not in _METHODS or entry.flag_bits & _ENCRYPTED:
                    raise ResourceError("resource.bad_pack", place=repr(entry.filename)[:60])
                folder = found.setdefault(named[1], {})
                if named[2] in folder:
                    raise ResourceError("resource.bad_pack", place=named[2])
                with archive.open(entry) as file:  # what it says of its size is not believed
                    text = file.read(min(MOST_A_FILE, room) + 1)
                room -= len(text)
                if len(text) > MOST_A_FILE or room < 0:
                    raise ResourceError("resource.bad_pack", place=named[2])
                folder[named[2]] = text.decode("utf-8")
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        UnicodeDecodeError,
        EOFError,
        OSError,
        NotImplementedError,
    ) as error:
        raise ResourceError("resource.bad_pack", place=type(error).__name__) from error
    except ValueError as error:
        raise ResourceError("resource.bad_pack", place="zlib") from error
    return found
