"""The thread that makes the backups of a running station: at night, when somebody asks, and never in the way."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from station.dossier.backup_state import BackupState, is_due
from station.errors import StationError, StoreError
from station.paths import DataFolder
from station.store.backup import asking
from station.store.backup.asking import Answer
from station.store.backup.back_up import Report, Terms
from station.store.backup.record import Record

log = logging.getLogger(__name__)

LOOK_EVERY = 2.0
"""Seconds between two looks whether something is asked for or due."""
TRY_AGAIN = timedelta(minutes=15)
_NICE = 15
_PAUSE = 0.02
"""Seconds after each new page: a first backup of thousands of pages leaves the disk to the scanner in between."""


class Make(Protocol):
    """Makes one generation; raises `StoreError`."""

    def __call__(self, target: Path, terms: Terms, stopped: Callable[[], bool]) -> Report: ...


@dataclass(frozen=True, slots=True)
class Plan:
    """Where, when (an hour of the day) and how many. An empty `folder`: only when somebody asks."""

    folder: str = ""
    hour: int = 12
    keep: int = 7


@dataclass(frozen=True, slots=True)
class _Wish:
    target: str
    new_disk: bool
    request: str = ""


class NightlyBackup:
    """One backup at a time. All methods may be called from any thread."""

    def __init__(self, make: Make, folder: DataFolder, plan: Plan, now: Callable[[], datetime]) -> None:
        self._make, self._folder, self._plan, self._now = make, folder, plan, now
        self._record = Record.read(folder.backup_record)
        self._failed: StationError | None = None
        self._not_before: datetime | None = None
        self._wish: _Wish | None = None
        self._running = False
        self._listeners: list[Callable[[], None]] = []
        self._bell = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="backup", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, within: float = 30.0) -> None:
        """End the thread: a backup that is under way is broken off at its next page, and made again later."""
        self._stopping.set()
        self._bell.set()
        if self._thread.is_alive():
            self._thread.join(within)

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call this from the backup's thread whenever `state` has changed."""
        self._listeners.append(listener)

    def begin(self, *, new_disk: bool = False) -> None:
        """Make one now, in the folder of the settings; raises `StoreError("backup.not_set_up")`."""
        if not self._plan.folder:
            raise StoreError("backup.not_set_up")
        self._wish = _Wish(self._plan.folder, new_disk)
        self._bell.set()

    def state(self) -> BackupState:
        """As far as it is known without looking at the disk, which may not be there."""
        record, failed = self._record, self._failed
        known = record if record and record.folder == self._plan.folder else None
        return BackupState(
            folder=self._plan.folder,
            hour=self._plan.hour,
            keep=self._plan.keep,
            last_good=known.at if known else None,
            generation=known.generation if known else 0,
            generations=known.generations if known else 0,
            running=self._running or self._wish is not None,
            failure=failed.code if failed else None,
            parameters=dict(failed.parameters) if failed else {},
        )

    def _run(self) -> None:
        if sys.platform == "linux":
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
        while not self._stopping.is_set():
            try:
                wish = self._next()
                if wish is not None:
                    self._do(wish)
            except Exception as error:  # the counter stays open: no traceback, it could quote a value
                log.error("the backup stumbled over %s", type(error).__name__)  # noqa: TRY400
                self._not_before = self._now() + TRY_AGAIN
            self._bell.wait(LOOK_EVERY)
            self._bell.clear()

    def _next(self) -> _Wish | None:
        if self._wish is not None:
            return self._wish
        request = asking.take_request(self._folder)
        if request is not None:
            return _Wish(request.target or self._plan.folder, request.new_disk, request.id)
        now = self._now()
        held = self._not_before is not None and now < self._not_before <= now + TRY_AGAIN
        if not self._plan.folder or held or not is_due(self.state().last_good, now, self._plan.hour):
            return None
        # A folder that holds no backup may be the place where a disk is not mounted: a person has to begin it.
        return _Wish(self._plan.folder, new_disk=False)

    def _do(self, wish: _Wish) -> None:
        self._running = True
        self._tell()
        try:
            failed = self._try(wish)
        finally:
            self._running = False
            if self._wish is wish:
                self._wish = None
        if wish.target == self._plan.folder:
            self._failed = failed
            self._not_before = self._now() + TRY_AGAIN if failed else None
        self._tell()

    def _try(self, wish: _Wish) -> StationError | None:
        try:
            report = self._made(wish)
        except StationError as error:
            log.warning("no backup was made: %s", error.code)
            failed = error
        except Exception as error:  # who asked is told, and no traceback: it could quote a value
            log.error("the backup stumbled over %s", type(error).__name__)  # noqa: TRY400
            failed = StoreError("backup.internal")
        else:
            number = report.manifest.generation
            log.info("backup %d made, %d new pages", number, report.copied)
            self._answer(wish, Answer(wish.request, number, report.generations, report.copied))
            return None
        self._answer(wish, Answer(wish.request, error=failed.code, parameters=dict(failed.parameters)))
        return failed

    def _made(self, wish: _Wish) -> Report:
        if not wish.target:
            raise StoreError("backup.not_set_up")
        terms = Terms(self._plan.keep, wish.new_disk, _PAUSE)
        report = self._make(Path(wish.target), terms, self._stopping.is_set)
        if wish.target == self._plan.folder:
            made = report.manifest
            self._record = Record(wish.target, made.at, made.generation, report.generations)
            self._record.write(self._folder.backup_record)
        return report

    def _answer(self, wish: _Wish, said: Answer) -> None:
        if wish.request:
            asking.answer(self._folder, said)

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()
