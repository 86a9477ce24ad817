"""A watched folder (thư mục nhận tệp quét): where a network scanner puts its files."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from station.dossier.capture import CapturedImage, Device, ScanJob
from station.errors import InputError, StationError
from station.outside_file import read_outside
from station.scan.devices.exclusive import held
from station.scan.devices.files import LARGEST, pages_of
from station.scan.devices.folder_claims import Attempt, FolderClaims
from station.scan.devices.status import Status

KIND = "folder"
_POLL = 0.1
_LONG_AGO = 60.0
_STILL_ARRIVING = {".progress", ".part", ".partial", ".tmp", ".temp", ".crdownload", ".filepart"}
_NOT_FOR_US = {"thumbs.db", "desktop.ini"}

Deliver = Callable[[CapturedImage], None]


class Folder:
    """Takes each file once: never lost, and never twice if `is_taken` can say whether a page of this SHA-256 is kept.

    Without `is_taken`, the one page that was being delivered when the program was killed is delivered again: a page
    too many is seen by a person, a missing one is not. `settle` is how long a file must not change before it is
    opened; a file that cannot be used is given `patience` to grow before it is refused. Seconds.
    """

    kind = KIND

    def __init__(
        self,
        path: Path,
        name: str = KIND,
        is_taken: Callable[[str], bool] = lambda _sha256: False,
        explain: Callable[[StationError], str] = str,
        settle: float = 1.5,
        patience: float = 10.0,
    ) -> None:
        self._path = path
        self._name = name
        self._is_taken = is_taken
        self._explain = explain
        self._settle = settle
        self._patience = patience
        self._claims = FolderClaims(path)

    def devices(self) -> Sequence[Device]:
        """The folder itself, not ready while it cannot be reached (an unplugged drive, a share that is away)."""
        ready = self._path.is_dir() and os.access(self._path, os.R_OK | os.W_OK)
        return [Device(KIND, self._name, KIND, ("adf",), ready, None if ready else Status.FOLDER_MISSING.value)]

    def waiting(self) -> int:
        """How many files are there to be taken."""
        try:
            return len(self._candidates())
        except OSError:
            return 0

    def scan(self, job: ScanJob, deliver: Deliver, cancel: threading.Event) -> None:
        """Take every file there is, the oldest first. A cancel is obeyed between files: no document is torn.

        Raises `device.folder_empty` when there was none, and `device.folder_refused` after the good ones.
        """
        if not self._path.is_dir():
            raise Status.FOLDER_MISSING.error()
        try:
            with held(self._claims.prepare()):
                self._claims.sweep()
                taken, refused = self._take_all(job.owner, deliver, cancel)
        except BlockingIOError:
            raise Status.BUSY.error() from None
        except OSError as error:
            raise Status.LOST.error() from error
        if refused:
            raise Status.FOLDER_REFUSED.error(count=refused)
        if not taken:
            raise Status.FOLDER_EMPTY.error()

    def _take_all(self, owner: str, deliver: Deliver, cancel: threading.Event) -> tuple[int, int]:
        taken = refused = 0
        for claimed in self._claim_each(cancel):
            last = self._claims.attempt(claimed)
            if last and last.owner != owner and (last.page or last.sha256):
                # Its first pages are with another citizen: the rest must not come to this one.
                self._claims.refused(claimed, self._explain(Status.FOLDER_BROKEN_OFF.error()))
                refused += 1
            elif self._take(claimed, owner, deliver, cancel):
                taken += 1
            else:
                refused += 1
        return taken, refused

    def _claim_each(self, cancel: threading.Event) -> Iterator[Path]:
        yield from self._claims.unfinished()
        while candidates := self._candidates():
            if cancel.is_set():
                raise Status.CANCELLED.error()
            file = candidates[0]
            self._await_settled(file, self._settle, cancel)
            if file.exists():
                yield self._claims.claim(file)

    def _candidates(self) -> list[Path]:
        found = []
        for file in self._path.iterdir():
            name = file.name.lower()
            if name.startswith((".", "~")) or name in _NOT_FOR_US or file.suffix.lower() in _STILL_ARRIVING:
                continue
            about = file.lstat()
            if stat.S_ISREG(about.st_mode):
                found.append((about.st_mtime_ns, file.name, file))
        return [file for _, _, file in sorted(found)]

    def _await_settled(self, file: Path, quiet: float, cancel: threading.Event) -> None:
        """Wait until the file has not changed for `quiet` seconds, by our own clock: a share has another."""
        before, since = _look(file), time.monotonic()
        if before and time.time() - before[1] / 1e9 > _LONG_AGO:
            return
        while before and time.monotonic() - since < quiet:
            if cancel.wait(_POLL):
                raise Status.CANCELLED.error()
            now = _look(file)
            if now != before:
                before, since = now, time.monotonic()

    def _take(self, claimed: Path, owner: str, deliver: Deliver, cancel: threading.Event) -> bool:
        """Deliver every page not yet delivered; False if the file was refused."""
        while True:
            if cancel.is_set():
                raise Status.CANCELLED.error()
            before = _look(claimed)
            try:
                self._deliver_pages(claimed, owner, deliver)
            except InputError as error:
                self._await_settled(claimed, self._patience, cancel)
                if _look(claimed) == before:
                    self._claims.refused(claimed, self._explain(error))
                    return False
            else:
                self._claims.taken(claimed)
                return True

    def _deliver_pages(self, claimed: Path, owner: str, deliver: Deliver) -> None:
        content = read_outside(claimed, LARGEST)
        last = self._claims.attempt(claimed)
        for number, page in enumerate(pages_of(content, claimed.name, KIND)):
            sha256 = hashlib.sha256(page.content).hexdigest()
            if last and number < last.page:
                continue
            if last and number == last.page and sha256 == last.sha256 and self._is_taken(sha256):
                continue
            self._claims.note(claimed, Attempt(number, sha256, owner))
            try:
                deliver(page)
            except BaseException:
                # It was not taken, whatever other dossier may have a page like it: no doubt is left to ask about.
                with contextlib.suppress(OSError):
                    self._claims.note(claimed, Attempt(number, "", owner))
                raise


def _look(file: Path) -> tuple[int, int] | None:
    try:
        about = file.stat()
    except FileNotFoundError:
        return None
    return about.st_size, about.st_mtime_ns
