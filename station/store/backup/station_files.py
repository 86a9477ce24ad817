"""The small files of a station's folder that a restored one needs: settings, resources, certificates, key slots.

They travel as one sealed file: their names and the hub's token in the settings are nobody's business.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from station.errors import StoreError
from station.paths import DataFolder
from station.store import durable

MOST = 64 << 20
"""Bytes of them all; edited resources have some hundred KiB."""


def pack(folder: DataFolder) -> bytes:
    """Every such file by its path; raises `StoreError("backup.files_too_large")` or what the disk says."""
    packed, size = {}, 0
    try:
        for file in _files(folder):
            content = file.read_bytes()
            size += len(content)
            if size > MOST:
                raise StoreError("backup.files_too_large", most=MOST >> 20)
            packed[file.relative_to(folder.root).as_posix()] = base64.b64encode(content).decode()
    except OSError as error:
        raise durable.failure(error) from error
    return json.dumps(packed, sort_keys=True).encode()


def unpack(content: bytes, folder: DataFolder) -> None:
    """Put them back. Raises `ValueError` for what `pack` never makes: another path, or no content."""
    told: Any = json.loads(content)
    if not isinstance(told, dict):
        raise ValueError("no files")  # noqa: TRY004 - what is wrong is the value of the file
    for name, text in told.items():
        path = PurePosixPath(name)
        if not path.parts or path.is_absolute() or ".." in path.parts or not _belongs(folder, folder.root / path):
            raise ValueError("not a file of a station")
        place = folder.root.joinpath(*path.parts)
        durable.make_folder(place.parent)
        durable.write(place, base64.b64decode(text, validate=True))


def _single(folder: DataFolder) -> tuple[Path, ...]:
    return folder.settings, folder.keys, folder.receipt_keys, folder.appearance


def _is_certificate(folder: DataFolder, file: Path) -> bool:
    """Such as the province's authority (`hub_ca`), without which a restored station could not trust its hub."""
    return file.parent == folder.root and file.suffix == ".pem"


def _folders(folder: DataFolder) -> tuple[Path, ...]:
    return folder.resources, folder.last_good


def _files(folder: DataFolder) -> Iterator[Path]:
    yield from (file for file in (*_single(folder), *sorted(folder.root.glob("*.pem"))) if file.is_file())
    for place in _folders(folder):
        for file in sorted(place.rglob("*")):
            if file.is_file() and not file.name.startswith(durable.TEMPORARY):
                yield file


def _belongs(folder: DataFolder, file: Path) -> bool:
    of_the_root = file in _single(folder) or _is_certificate(folder, file)
    return of_the_root or any(file.is_relative_to(place) for place in _folders(folder))
