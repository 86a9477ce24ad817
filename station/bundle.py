"""A bundle from a USB disk or a letter (zip, tar, tar.gz), read without trusting its names, its sizes or its links.

Nothing is ever unpacked onto the disk: members are named and handed over one by one, so a name can lead nowhere.
"""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from station.errors import InputError
from station.outside_file import read_outside

_CHUNK = 1 << 16
_DEEPEST, _LONGEST_NAME = 6, 120
_FORBIDDEN = frozenset('\\:*?"<>|')
_DEVICES = {"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(10))}
_ENCRYPTED, _PLAIN_METHODS = 0x1, {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_END = struct.Struct("<4s4H2LH")
_DAMAGED = (
    OSError, EOFError, ValueError, NotImplementedError, RuntimeError, LookupError, struct.error, zlib.error,
    zipfile.BadZipFile,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many members a bundle may have, and how many bytes: the file, one member, all members unpacked."""

    members: int = 5_000
    file: int = 512 << 20
    member: int = 64 << 20
    total: int = 1 << 30


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a bundle; `name` is relative, with `/`, and safe on every system."""

    name: str
    content: bytes


def members(file: Path, bounds: Bounds | None = None) -> Iterator[Member]:
    """The files of a bundle, in its order; what came before a member that is refused must not be kept.

    Raises `InputError`: `file.no_bundle`, `file.bundle_damaged`, `file.bundle_unsafe` (a name that leads out, a link, a
    device, two names that some system takes for one), `file.bundle_too_large`; and as `read_outside` does.
    """
    bounds = bounds or Bounds()
    content = read_outside(file, bounds.file)
    if content[:2] == b"PK":
        return _checked(_zipped(content, bounds), bounds)
    if content[:2] == b"\x1f\x8b" or content[257:262] == b"ustar":
        return _checked(_taped(content, bounds), bounds)
    raise InputError("file.no_bundle")


def safe_name(name: str) -> str:
    """The name in NFC. Raises `InputError("file.bundle_unsafe")` unless it names one file below the bundle's root."""
    name = unicodedata.normalize("NFC", name)
    parts = name.split("/")
    if len(parts) > _DEEPEST or not all(_is_plain(part) for part in parts):
        raise InputError("file.bundle_unsafe")
    return name


def _is_plain(part: str) -> bool:
    return (
        0 < len(part.encode("utf-8", "replace")) <= _LONGEST_NAME
        and part not in {".", ".."}
        and part == part.strip(" ").rstrip(".")
        and part.partition(".")[0].casefold() not in _DEVICES
        and not any(letter in _FORBIDDEN or unicodedata.category(letter)[0] == "C" for letter in part)
    )


def _checked(found: Iterator[tuple[str, bytes]], bounds: Bounds) -> Iterator[Member]:
    seen: set[str] = set()
    total = 0
    try:
        for name, content in found:
            safe = safe_name(name)
            alike = unicodedata.normalize("NFKC", safe).casefold()
            total += len(content)
            if alike in seen:
                raise InputError("file.bundle_unsafe")
            seen.add(alike)
            if len(seen) > bounds.members or total > bounds.total:
                raise InputError("file.bundle_too_large")
            yield Member(safe, content)
    except (*_DAMAGED, tarfile.TarError, RecursionError) as error:
        raise InputError("file.bundle_damaged") from error


def _zipped(content: bytes, bounds: Bounds) -> Iterator[tuple[str, bytes]]:
    _check_directory(content, bounds)
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        for about in opened.infolist():
            kind = about.external_attr >> 16 & 0o170000
            if about.is_dir():
                continue
            if kind not in (0, 0o100000) or about.flag_bits & _ENCRYPTED or about.compress_type not in _PLAIN_METHODS:
                raise InputError("file.bundle_unsafe")
            with opened.open(about) as member:
                yield about.orig_filename, _up_to(member, bounds.member)


def _check_directory(content: bytes, bounds: Bounds) -> None:
    """Count before the directory is read: `zipfile` reads all of it at once. Zip64 holds more than we take."""
    at = content.rfind(b"PK\5\6")
    if at < 0 or len(content) - at < _END.size:
        raise InputError("file.bundle_damaged")
    _, _, _, here, count, size, _, _ = _END.unpack_from(content, at)
    if max(here, count) > bounds.members or size > bounds.members * (_LONGEST_NAME * _DEEPEST + 256):
        raise InputError("file.bundle_too_large")


def _taped(content: bytes, bounds: Bounds) -> Iterator[tuple[str, bytes]]:
    plain: io.RawIOBase | io.BufferedIOBase = io.BytesIO(content)
    if content[:2] == b"\x1f\x8b":
        plain = gzip.GzipFile(fileobj=plain)
    room = bounds.total + (bounds.members + 2) * 2 * tarfile.BLOCKSIZE + tarfile.RECORDSIZE
    with tarfile.open(fileobj=_Measured(plain, room, bounds.member), mode="r|", errors="strict") as opened:  # type: ignore[call-overload]
        for number, about in enumerate(opened):
            if number > 2 * bounds.members:
                raise InputError("file.bundle_too_large")
            if about.isdir():
                continue
            if not about.isreg() or about.issparse():
                raise InputError("file.bundle_unsafe")
            if about.size > bounds.member:
                raise InputError("file.bundle_too_large")
            member = opened.extractfile(about)
            yield about.name, _up_to(member, bounds.member) if member else b""


def _up_to(member: IO[bytes], most: int) -> bytes:
    """All of it, counted as it is unpacked: what a bundle says of its sizes proves nothing."""
    kept = bytearray()
    while piece := member.read(_CHUNK):
        kept += piece
        if len(kept) > most:
            raise InputError("file.bundle_too_large")
    return bytes(kept)


class _Measured:
    """A tape that ends at its allowance, read in pieces that fit: `tarfile` takes a header's word for its length."""

    def __init__(self, plain: io.RawIOBase | io.BufferedIOBase, allowance: int, most: int) -> None:
        self._plain, self._left, self._most = plain, allowance, most

    def read(self, size: int) -> bytes:
        self._left -= size
        if self._left < 0 or size > max(self._most, tarfile.RECORDSIZE):
            raise InputError("file.bundle_too_large")
        return self._plain.read(size) or b""
