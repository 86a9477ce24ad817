"""Whether the write-ahead log that a killed station left behind is whole.

SQLite ends its recovery at the first frame whose checksum does not fit, and says nothing: to it, that is where the
power went. But every transaction is flushed before the next one begins, so a power cut can spoil the last one alone.
Where two ends of transactions stand behind the first frame that does not fit, the log was damaged afterwards, and
opening it would lose what had been promised. (Format: https://www.sqlite.org/fileformat2.html#walformat)
"""

from __future__ import annotations

import struct
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from station.errors import StoreError
from station.store import durable

_HEADER, _FRAME = 32, 24
_LITTLE_ENDIAN = 0x377F0682
"""The magic number of a log whose checksums are of little-endian words; 0x377F0683 says big-endian."""
_LAST_TRANSACTION = 1
"""Ends of transactions that a power cut can leave behind a torn frame."""


@dataclass(frozen=True, slots=True)
class Damage:
    """From `start` (a byte of the log) on nothing can be believed; `lost` transactions or more lie there."""

    start: int
    lost: int


def log_of(database: Path) -> Path:
    """The log beside a database file."""
    return database.with_name(f"{database.name}-wal")


def must_be_whole(database: Path) -> None:
    """Raises `StoreError("store.log_damaged")`. The caller holds the folder's lock: nobody may write meanwhile."""
    found = damage(database)
    if found is not None:
        raise StoreError("store.log_damaged", lost=found.lost)


def damage(database: Path) -> Damage | None:
    """None where the log is whole, ends as after a power cut, or is not there; raises `StoreError`."""
    try:
        content = log_of(database).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise durable.failure(error) from error
    if len(content) < _HEADER:
        return None
    magic, _, size = struct.unpack_from(">III", content)
    order = "<" if magic == _LITTLE_ENDIAN else ">"
    sums = _checksum(content[:24], (0, 0), order)
    salts = content[16:24] if sums == struct.unpack_from(">II", content, 24) else None
    if salts is None:
        size = _likely_size(content)
    step = _FRAME + size
    frames = range(_HEADER, len(content) - step + 1, step)
    whole = _whole_frames(content, frames, size, salts, sums, order) if salts is not None else 0
    behind = frames[whole:]
    ends = Counter(_salts(content, at) for at in behind if struct.unpack_from(">I", content, at + 4)[0])
    lost = ends[salts] if salts is not None else max(ends.values(), default=0)
    if lost <= _LAST_TRANSACTION:
        return None
    return Damage(frames[whole], lost)


def cut(database: Path, aside: Path) -> None:
    """Keep a copy of the database and its log in the folder `aside`, and end the log where it is damaged."""
    found = damage(database)
    if found is None:
        return
    durable.make_folder(aside)
    log = log_of(database)
    try:
        for file in (database, log):
            durable.write(aside / file.name, file.read_bytes())
        with log.open("r+b") as opened:
            opened.truncate(found.start if found.start > _HEADER else 0)
        durable.sync_file(log)
    except OSError as error:
        raise durable.failure(error) from error


def _whole_frames(content: bytes, frames: range, size: int, salts: bytes, sums: tuple[int, int], order: str) -> int:
    """How many of the first frames carry the log's salts and fit their checksums, which run on from frame to frame."""
    for number, at in enumerate(frames):
        sums = _checksum(content[at : at + 8], sums, order)
        sums = _checksum(content[at + _FRAME : at + _FRAME + size], sums, order)
        if _salts(content, at) != salts or sums != struct.unpack_from(">II", content, at + 16):
            return number
    return len(frames)


def _checksum(content: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    first, second = sums
    words = struct.unpack(f"{order}{len(content) // 4}I", content)
    for one, other in zip(words[::2], words[1::2], strict=True):
        first = (first + one + second) & 0xFFFFFFFF
        second = (second + other + first) & 0xFFFFFFFF
    return first, second


def _salts(content: bytes, at: int) -> bytes:
    return content[at + 8 : at + 16]


def _likely_size(content: bytes) -> int:
    """Of a page, where the header cannot be believed: the one at which most frames carry the same salts."""
    sizes = [1 << power for power in range(9, 17)]

    def alike(size: int) -> int:
        places = range(_HEADER, len(content) - _FRAME - size + 1, _FRAME + size)
        return max(Counter(_salts(content, at) for at in places).values(), default=0)

    return max(sizes, key=alike)
