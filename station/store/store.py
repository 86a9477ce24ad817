"""The store as a whole: opened once by the program, closed when it ends."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from types import TracebackType

from station.clock import SystemClock
from station.dossier.audit import AuditEntry
from station.dossier.health import Repairs, Symptom, Trouble
from station.dossier.key_slot import RECOVERY
from station.dossier.people import STATION
from station.errors import StoreError
from station.paths import DataFolder
from station.store import durable, migrations
from station.store.backup.back_up import Report, Source, Terms, back_up
from station.store.backup.brought_back import Restorations
from station.store.backup.manifest import Signer
from station.store.database import Database
from station.store.dossiers import Dossiers
from station.store.forgetting.erasing import Erasing
from station.store.health import ballast, check, examination, repairing, write_ahead_log
from station.store.health.ledger import Ledger
from station.store.keys import KeyRing, Keys, Secrets
from station.store.keys import database_rotation as rotation
from station.store.keys.courier_keys import CourierKeys
from station.store.keys.dossier_keys import DossierKeys
from station.store.keys.hub_access import HubAccess
from station.store.keys.secret_rows import kept_secrets
from station.store.keys.trail_key import TrailKey
from station.store.lock import FolderLock
from station.store.pages import Pages
from station.store.people.register import People
from station.store.province.hub_feed import HubFeed
from station.store.province.hub_words import HubWords
from station.store.province.outbox import Outbox
from station.store.rows import intake, search
from station.store.trail import known_times
from station.store.trail.audit import Audit
from station.store.trail.pseudonyms import Pseudonyms

log = logging.getLogger(__name__)

_CLOCK = SystemClock()
_LOG_INDEX = 32 << 10
"""Bytes that SQLite needs beside the write-ahead log before it can read anything."""


class Store:
    """The parts of the store in one data folder, which no other program can open meanwhile."""

    def __init__(
        self,
        folder: DataFolder,
        lock: FolderLock,
        database: Database,
        keys: Keys,
        now: Callable[[], datetime],
    ) -> None:
        self._folder = folder
        self._lock = lock
        self._database = database
        self._now = now
        self.keys = keys
        self.secrets = secrets = kept_secrets(database, _first_secrets(folder, keys))
        self.pages = Pages(folder.pages, secrets, DossierKeys(database))
        self.pseudonyms = Pseudonyms(secrets.names)
        self.audit = Audit(database, TrailKey(secrets.trail), now)
        self.dossiers = Dossiers(database, self.audit)
        self.outbox = Outbox(database, now)
        self.hub_words = HubWords(database)
        self.hub_access = HubAccess(database, now)
        self.courier_keys = CourierKeys(database)
        self.hub_feed = HubFeed(database, now)
        self.people = People(database)
        self.erasing = Erasing(database, self.pages, folder, now)
        self.restorations = Restorations(database, now)
        self.ledger = Ledger(database, self.pages.holds)

    @classmethod
    def open(cls, folder: DataFolder, keys: Keys, now: Callable[[], datetime] = _CLOCK.now) -> Store:
        """Open the store, or begin one in an empty folder; brings an older database forward.

        A change of the data key that was begun is finished first: `keys` are then no longer those of the store.

        Raises `StoreError`: `store.in_use`, `store.database_missing`, `store.wrong_key`, `store.newer_schema`,
        `store.damaged`, `store.log_damaged`, `store.disk_full`, or that the disk fails.
        """
        durable.make_private(folder.root)
        lock = FolderLock.take(folder.root)
        try:
            _must_not_hide_a_loss(folder)
            try:
                opened = cls._opened(folder, lock, keys, now)
            except StoreError as error:
                if not _for_want_of_room(error, folder):
                    raise
                if not ballast.throw_out(folder.root):
                    raise StoreError("store.disk_full") from error
                opened = cls._opened(folder, lock, keys, now)
        except BaseException:
            lock.release()
            raise
        ballast.take_in(folder.root)
        return opened

    @classmethod
    def _opened(cls, folder: DataFolder, lock: FolderLock, keys: Keys, now: Callable[[], datetime]) -> Store:
        write_ahead_log.must_be_whole(folder.database)  # before anything opens it: recovery would hide the damage
        keys = rotation.finish(folder, keys)
        database = Database(folder.database, keys.database)
        try:
            migrations.bring_forward(database)
            migrations.remove_old_copies(database, now())
            with database.writing() as connection:
                search.fill(connection)
                intake.close_broken_off(connection, now())
            durable.sync_folder(folder.root)
            return cls(folder, lock, database, keys, now)
        except BaseException:
            database.close()
            raise

    def close(self) -> None:
        try:
            self.audit.checkpoint()
        except StoreError as error:  # what is kept is kept: the signature comes with the next one
            log.warning("the head of the trail was not signed: %s", error.code)
        self._database.close()
        self._lock.release()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def free_space(self) -> int:
        """Bytes that are still free where the store lies; raises `StoreError`."""
        try:
            return shutil.disk_usage(self._folder.root).free
        except OSError as error:
            raise durable.failure(error) from error

    def is_writable(self) -> bool:
        """Whether a file can be written where the store and its pages lie."""
        return durable.takes_files(self._folder.root) and durable.takes_files(self._folder.pages)

    def newest_moment(self) -> datetime | None:
        """The latest moment that is known to be past: no clock that is right is behind it."""
        return known_times.newest_moment(self._database)

    def hub_time(self) -> datetime | None:
        """The latest time that the hub has signed."""
        return known_times.hub_time(self._database)

    def sweep_pages(self) -> int:
        """Delete page files that no dossier and no event names, older than a day; return how many."""
        return self.pages.sweep(check.named_pages(self._database), self._now())

    def verify(self) -> list[check.Finding]:
        """Whether everything is there and whole; an empty list when it is."""
        return check.verify(self._database, self.pages)

    def examine(self) -> list[Symptom]:
        """Look the whole store over; see `examination`. Takes time in proportion to it."""
        found = [*examination.of_keys(self._folder, None), *examination.of_database(self._database)]
        if not any(symptom.trouble is Trouble.DATABASE for symptom in found):
            found += examination.of_content(self._database, self.pages, self._folder)
        return found

    def repair(self, by: str, source: Path | None = None) -> Repairs:
        """Put right what can be without losing anything, and write down what was done. Nobody else may be at work."""
        self.erasing.finish()
        done = repairing.repair(self._folder, self._database, self.pages, self.examine(), source)
        with self.dossiers.transaction() as kept:
            kept.audit(AuditEntry("repair_store", by, self._now(), None, asdict(done)))
        return done

    def back_up(
        self,
        target: Path,
        terms: Terms,
        stopped: Callable[[], bool] = bool,
        *,
        signer: Signer,
    ) -> Report:
        """Make a generation of backup in another folder, while work goes on; see `backup.back_up`."""
        source = Source(self._folder, self._database, signer, self._recovery_keys(), self._now)
        report = back_up(source, target, terms, stopped)
        with self.dossiers.transaction() as kept:
            detail: dict[str, str | int] = {"generation": report.manifest.generation, "pages": report.copied}
            kept.audit(AuditEntry("back_up", STATION, self._now(), None, detail))
        return report

    def _recovery_keys(self) -> tuple[str, ...]:
        """Only those that were put among the key slots by somebody who had the keys; raises `keys.foreign_slot`."""
        found = [slot for slot in KeyRing.slots(self._folder.keys, self.keys) if slot.kind == RECOVERY]
        if not all(slot.genuine for slot in found):
            raise StoreError("keys.foreign_slot")
        return tuple(slot.whose for slot in found)


def _for_want_of_room(error: StoreError, folder: DataFolder) -> bool:
    """SQLite itself often says no more than that the disk failed."""
    full = error.code == "store.disk_full"
    return full or (error.code == "store.disk_failed" and shutil.disk_usage(folder.root).free < _LOG_INDEX)


def _must_not_hide_a_loss(folder: DataFolder) -> None:
    """A lost database must not come back as a new, empty one: the page folder is made only once there is one."""
    there = folder.database.exists() and folder.database.stat().st_size > 0
    if not there and folder.pages.exists():
        raise StoreError("store.database_missing")


def _first_secrets(folder: DataFolder, keys: Keys) -> Secrets:
    """Where pages were kept before the secrets had rows, they were derived from the data key."""
    return Secrets.derived_from(keys.data) if folder.pages.exists() else Secrets.random()
