"""Bundles that lead out of their folder, fill the disk, or are two things to two systems."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
from collections.abc import Callable


def zipped(*members: tuple[str, bytes], mode: int = 0o100644) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members:
            about = zipfile.ZipInfo("placeholder")
            about.filename, about.external_attr = name, mode << 16
            about.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(about, content)
    return kept.getvalue()


def taped(*members: tuple[str, bytes], change: Callable[[tarfile.TarInfo], None] = lambda _about: None) -> bytes:
    kept = io.BytesIO()
    with tarfile.open(fileobj=kept, mode="w", format=tarfile.PAX_FORMAT) as made:
        for name, content in members:
            about = tarfile.TarInfo(name)
            about.size = len(content)
            change(about)
            made.addfile(about, io.BytesIO(content) if about.isreg() else None)
    return kept.getvalue()


def linked(kind: bytes, target: str = "/etc/passwd") -> bytes:
    """A tar with a link, a device or a pipe."""

    def change(about: tarfile.TarInfo) -> None:
        about.type, about.linkname, about.size = kind, target, 0

    return taped(("a.txt", b""), change=change)


def gzip_bomb(kind: bytes = tarfile.REGTYPE, megabytes: int = 200) -> bytes:
    """A member of zeros, some 0.2 MB packed."""
    about = tarfile.TarInfo("a.bin")
    about.type, about.size = kind, megabytes << 20
    return gzip.compress(about.tobuf() + bytes(megabytes << 20), 9)


def gzip_header_bomb() -> bytes:
    """A header as large, which a reader of tars takes into memory before it says a word."""
    return gzip_bomb(tarfile.XHDTYPE)


def bomb(megabytes: int = 100) -> bytes:
    return zipped(("a.bin", bytes(megabytes << 20)))


def lying_zip() -> bytes:
    """Its directory says that the member is ten bytes long; it is ten million."""
    content = bytearray(zipped(("a.bin", bytes(10_000_000))))
    at = content.rindex(b"PK\1\2") + 24
    struct.pack_into("<L", content, at, 10)
    return bytes(content)


def overlapping_zip() -> bytes:
    """A thousand names for the same megabyte (Fifield's quoted bomb, in small)."""
    base = zipped(("a0000", bytes(1 << 20)))
    start = base.index(b"PK\1\2")
    end = base.rindex(b"PK\5\6")
    entry = base[start:end]
    directory = b"".join(entry.replace(b"a0000", b"a%04d" % number) for number in range(2000))
    return base[:start] + directory + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 2000, 2000, len(directory), start, 0)


def crowded_zip() -> bytes:
    """Says that it has more members than a bundle may."""
    return b"PK\3\4" + bytes(26) + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 65535, 65535, 0xFFFFFFFF, 0, 0)
