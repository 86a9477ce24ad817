"""Resources that IT staff may edit (procedures, calendar, forms), and the last good version of each.

What ships with the program stays as it is; a file of the same name in the station's own folder stands in its place.
A mistake in there never keeps the counter closed: what loaded last is kept and used until it is mended.
"""

from __future__ import annotations

import hashlib
import json
import logging
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from station.errors import ResourceError, StoreError

log = logging.getLogger(__name__)

Value = TypeVar("Value")
Files = Mapping[str, str]
"""The text of each file by its name."""


@dataclass(frozen=True, slots=True)
class Fallback:
    """A folder that could not be used as it stands. `kept_at`: when what is used was kept; None: it was shipped."""

    name: str
    error: ResourceError
    kept_at: datetime | None


@dataclass(frozen=True, slots=True)
class _Kept:
    digest: str
    kept_at: datetime
    files: Files


class EditableResources:
    """Loads folders of TOML files by name. `shipped` and `edited` hold the folders, `kept` one file for each.

    `write(file, content)` must be atomic and durable; it may raise `StoreError`, which costs the copy, not the day.
    """

    def __init__(
        self,
        shipped: Path,
        edited: Path,
        kept: Path,
        write: Callable[[Path, bytes], None],
        now: Callable[[], datetime],
        sent: Callable[[str], Files] = lambda _name: {},
    ) -> None:
        """`sent` are the files that the province has sent: over what was shipped, under what was edited here."""
        self._shipped, self._edited, self._kept_in = shipped, edited, kept
        self._write, self._now, self._sent = write, now, sent
        self.fallbacks: list[Fallback] = []

    def load(self, name: str, load: Callable[[Path], Value]) -> Value:
        """What `load` makes of the folder, or of its last good version, or of the shipped one.

        Raises the `ResourceError` of the folder as it stands where none of them can be used.
        """
        try:
            files = {**_files(self._shipped / name), **self._sent(name), **_files(self._edited / name)}
            value = _loaded(name, files, load)
        except ResourceError as error:
            return self._fall_back(name, error, load)
        self._keep(name, files)
        return value

    def check(self, name: str, load: Callable[[Path], Value], sent: Files) -> None:
        """Raise the `ResourceError` of the folder as it would be with these files in the place of those sent before."""
        _loaded(name, {**_files(self._shipped / name), **sent, **_files(self._edited / name)}, load)

    def _fall_back(self, name: str, error: ResourceError, load: Callable[[Path], Value]) -> Value:
        kept = self._last_good(name)
        candidates: list[tuple[Files, datetime | None]] = [(kept.files, kept.kept_at)] if kept else []
        candidates.append((_files(self._shipped / name), None))
        for files, kept_at in candidates:
            try:
                value = _loaded(name, files, load)
            except ResourceError:
                continue  # kept by another version of the program; or the very mistake is in what was shipped
            log.warning("%s not used: %s", name, error)
            self.fallbacks.append(Fallback(name, error, kept_at))
            return value
        raise error

    def _keep(self, name: str, files: Files) -> None:
        digest = _digest(files)
        before = self._last_good(name)
        if before and before.digest == digest:
            return
        told = {"digest": digest, "kept_at": self._now().isoformat(), "files": dict(files)}
        try:
            self._write(self._kept_in / f"{name}.json", json.dumps(told, ensure_ascii=False).encode())
        except StoreError as error:
            log.warning("%s not kept: %s", name, error)

    def _last_good(self, name: str) -> _Kept | None:
        """What was kept, if every letter of it is still there."""
        try:
            told = json.loads((self._kept_in / f"{name}.json").read_text(encoding="utf-8"))
            kept = _Kept(told["digest"], datetime.fromisoformat(told["kept_at"]), dict(told["files"]))
            whole = kept.digest == _digest(kept.files)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            whole = False
        if not whole:
            log.warning("the last good %s is damaged", name)
            return None
        return kept


def _files(folder: Path) -> dict[str, str]:
    """The TOML files of a folder; none where there is no folder."""
    texts = {}
    for file in sorted(folder.glob("*.toml")):
        try:
            texts[file.name] = file.read_text(encoding="utf-8")
        except OSError as error:
            raise ResourceError("resource.unreadable", file=file.name, place=error.strerror or "?") from error
        except UnicodeDecodeError as error:
            raise ResourceError("resource.unreadable", file=file.name, place=str(error)) from error
    return texts


def _loaded(name: str, files: Files, load: Callable[[Path], Value]) -> Value:
    with tempfile.TemporaryDirectory(prefix="station-") as place:
        folder = Path(place) / name
        folder.mkdir()
        for file, text in files.items():
            (folder / file).write_text(text, encoding="utf-8", newline="\n")
        return load(folder)


def _digest(files: Files) -> str:
    """SHA-256 over names and texts, whatever their order."""
    return hashlib.sha256(json.dumps(dict(files), sort_keys=True).encode()).hexdigest()
