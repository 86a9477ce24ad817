"""The bookkeeping of a watched folder: which file is being taken, how far, and where it goes afterwards.

    <folder>/scan.pdf                 waiting
    <folder>/taking/scan.pdf          claimed by a rename, with `scan.pdf.progress` beside it
    <folder>/taken/scan.pdf           every page was delivered; deleted after a day
    <folder>/refused/scan.pdf (.txt)  cannot be used, and why

Before a page is delivered its number and SHA-256 are made durable. After a kill only that one page is in doubt, and
the store knows whether it has it.
"""

from __future__ import annotations

import errno
import json
import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from station.errors import InputError
from station.outside_file import read_outside
from station.strict_json import strict_json

TAKING, TAKEN, REFUSED = "taking", "taken", "refused"
KEPT_AFTERWARDS = 24 * 3600.0
"""Seconds that a taken file stays, in clear as the scanner wrote it: a day to notice a mistake, not an archive."""
LOCK = ".lock"
_PROGRESS = ".progress"
_LONGEST_NOTE = 4096


@dataclass(frozen=True, slots=True)
class Attempt:
    """Pages before `page` were delivered to `owner`; `page`, whose content has this hash, may have been. From 0."""

    page: int
    sha256: str
    owner: str


class FolderClaims:
    """Moves within one folder; every move is a rename on the same file system."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def prepare(self) -> Path:
        """Make the sub-folders and return the lock file."""
        for name in (TAKING, TAKEN, REFUSED):
            place = self._folder / name
            place.mkdir(exist_ok=True)
            if place.is_symlink():  # sweeping would delete old files wherever it leads
                raise NotADirectoryError(errno.ENOTDIR, "a link in place of a folder", name)
        return self._folder / TAKING / LOCK

    def unfinished(self) -> list[Path]:
        """Files claimed by a program that was killed, the oldest first."""
        claimed = (self._folder / TAKING).iterdir()
        return sorted(
            file for file in claimed if file.name != LOCK and file.suffix != _PROGRESS and not file.is_symlink()
        )

    def claim(self, file: Path) -> Path:
        return self._move(file, TAKING)

    def attempt(self, claimed: Path) -> Attempt | None:
        """How far taking it had got, None if no page was tried."""
        try:
            told = strict_json(read_outside(self._progress(claimed), _LONGEST_NOTE), _LONGEST_NOTE)
            page, sha256, owner = told["page"], told["sha256"], told["owner"]
        except (InputError, ValueError, TypeError, KeyError):
            return None  # none, or nobody's: a page too many is seen by a person
        if type(page) is not int or page < 0 or not isinstance(sha256, str) or not isinstance(owner, str):
            return None
        return Attempt(page, sha256, owner)

    def note(self, claimed: Path, attempt: Attempt) -> None:
        """Say durably which page is about to be delivered."""
        draft = claimed.with_name(f"{claimed.name}.draft{_PROGRESS}")
        with draft.open("w", encoding="utf-8") as file:
            json.dump(asdict(attempt), file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._progress(claimed))
        _sync(claimed.parent)

    def sweep(self) -> None:
        """Delete what was taken more than a day ago: its pages are kept encrypted since."""
        for file in (self._folder / TAKEN).iterdir():
            if file.is_file() and time.time() - file.stat().st_mtime > KEPT_AFTERWARDS:
                file.unlink()

    def taken(self, claimed: Path) -> None:
        os.utime(self._move(claimed, TAKEN))  # the day begins now, whenever it was scanned
        self._progress(claimed).unlink(missing_ok=True)

    def refused(self, claimed: Path, why: str) -> None:
        """Put it aside with a note beside it, written first."""
        goal = self._free(claimed.name, REFUSED)
        goal.with_name(f"{goal.name}.txt").write_text(f"{why}\n", encoding="utf-8")
        claimed.replace(goal)
        self._progress(claimed).unlink(missing_ok=True)

    def _progress(self, claimed: Path) -> Path:
        return claimed.with_name(claimed.name + _PROGRESS)

    def _move(self, file: Path, into: str) -> Path:
        goal = self._free(file.name, into)
        file.replace(goal)
        _sync(goal.parent)
        _sync(file.parent)
        return goal

    def _free(self, name: str, into: str) -> Path:
        """A name nobody has: scanners start counting again from 0001."""
        goal = self._folder / into / name
        number = 1
        while goal.exists():
            number += 1
            goal = self._folder / into / f"{Path(name).stem} ({number}){Path(name).suffix}"
        return goal


def _sync(folder: Path) -> None:
    """Make renames durable, where a folder can be opened (not on Windows)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
