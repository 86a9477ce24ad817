"""One generation more: a consistent copy of the database while the counter works, and the page files that are new.

Nothing that an earlier generation needs is touched before the new one is complete, and it is complete when its
manifest is there. A backup that is broken off anywhere costs what it had written so far.
"""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from station.errors import StoreError
from station.paths import DataFolder
from station.store import durable
from station.store.backup import layout, page_copies, station_files
from station.store.backup.copied_state import CopiedState
from station.store.backup.dropping import clear_unfinished, drop_old
from station.store.backup.envelope import FOR_PROVINCE, FOR_STATION, SLOTS, BackupKey
from station.store.backup.layout import BackupFolder
from station.store.backup.manifest import Manifest, Signer, digest
from station.store.backup.page_copies import PageCopier, PageCopy
from station.store.database import Database
from station.store.lock import FolderLock

KEEP = 7
_SPARE = 16 << 20
"""Bytes that stay free on the backup's disk."""
_TRIES = 3
_ON_THE_OTHER_DISK = {
    "store.disk_full": "backup.disk_full",
    "store.disk_failed": "backup.disk_failed",
    "store.no_permission": "backup.no_permission",
}


@dataclass(frozen=True, slots=True)
class Source:
    """The store that is backed up. The key of its database is what its key slots lead to.

    `recovery_keys` are the province's (age); without one, the station's passphrases open the backup.
    """

    folder: DataFolder
    database: Database
    signer: Signer
    recovery_keys: tuple[str, ...]
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Terms:
    """How many generations are kept, and whether an empty folder may be begun.

    `pause` are seconds to wait after each new page, so that the counter's own work goes first.
    """

    keep: int = KEEP
    new_disk: bool = True
    pause: float = 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """What was made, and how many page files were new."""

    manifest: Manifest
    copied: int
    generations: int


def back_up(source: Source, target: Path, terms: Terms, stopped: Callable[[], bool] = bool) -> Report:
    """Make a generation and drop those beyond the newest `keep`; durable on return.

    `stopped` is asked before each page. Raises `StoreError` with a `backup.*` code.
    """
    backups = BackupFolder(target)
    _must_be_elsewhere(source, target)
    with _said_of_the_other_disk():
        _must_be_ours(source, backups, new_disk=terms.new_disk)
        try:
            lock = FolderLock.take(target)
        except StoreError as error:
            raise StoreError("backup.in_use") if error.code == "store.in_use" else error from error
        try:
            _must_be_ours(source, backups, new_disk=terms.new_disk)  # another station may have taken it meanwhile
            if backups.owner_key() is None:
                backups.take_for(source.signer.station, source.signer.key_id)
            clear_unfinished(backups)
            for _ in range(_TRIES):
                with contextlib.suppress(_ChangedError):
                    report = _Generation(source, backups, terms, stopped).make()
                    drop_old(backups, terms.keep)
                    return report
            raise StoreError("backup.too_busy")
        finally:
            lock.release()


class _ChangedError(Exception):
    """Page files were erased or sealed anew meanwhile, and the copied database may name them."""


class _Generation:
    """The making of one."""

    def __init__(self, source: Source, backups: BackupFolder, terms: Terms, stopped: Callable[[], bool]) -> None:
        self._source, self._backups, self._terms, self._stopped = source, backups, terms, stopped
        self._number = max(backups.begun(), default=0) + 1
        self._place = backups.generation(self._number)
        self._key = BackupKey.fresh(source.database.key)
        self._copier = PageCopier(backups.pages, _last_pages(backups))

    def make(self) -> Report:
        self._must_have_room()
        durable.make_folder(self._backups.pages)
        durable.make_folder(self._place)
        try:
            before = page_copies.last_changes(self._source.folder.pages)
            at = self._source.now()
            self._copy_database()
            before = page_copies.last_changes(self._source.folder.pages) | before  # and what came meanwhile
            self._write(layout.FILES, self._key.seal(station_files.pack(self._source.folder), layout.FILES))
            if self._source.recovery_keys:
                self._write(FOR_PROVINCE, self._key.for_province(self._source.recovery_keys))
            else:
                self._write(SLOTS, self._source.folder.keys.read_bytes())
                self._write(FOR_STATION, self._key.for_station())
            pages = self._copy_pages(before)
            self._write(layout.PAGES, page_copies.to_text(pages))
            manifest = self._manifest(at, pages)
            self._write(layout.MANIFEST, manifest.signed(self._source.signer))
        except OSError as error:
            raise durable.failure(error) from error
        except _ChangedError:
            shutil.rmtree(self._place, ignore_errors=True)
            raise
        return Report(manifest, self._copier.copied, len(self._backups.finished()))

    def _must_have_room(self) -> None:
        database = self._source.database.file
        try:
            needed = sum(
                file.stat().st_size for file in (database, database.with_name(f"{database.name}-wal")) if file.exists()
            )
            needed += self._copier.bytes_to_copy(page_copies.page_files(self._source.folder.pages)) + _SPARE
            free = shutil.disk_usage(self._backups.root).free
        except OSError as error:
            raise durable.failure(error) from error
        if free < needed:
            raise StoreError("backup.no_room", needed=-(-needed >> 20), free=free >> 20)

    def _copy_database(self) -> None:
        file = self._place / layout.DATABASE
        self._source.database.copy_under(file, self._key.database)
        durable.sync_file(file)
        durable.sync_folder(self._place)

    def _copy_pages(self, before: dict[Path, int]) -> list[PageCopy]:
        """Those that were there when the database was copied, and those that came since: it names none but these.

        One that was erased meanwhile, or sealed anew under a key that the copy does not know, would be missed in it.
        """
        pages = {}
        for file in dict.fromkeys((*before, *page_copies.page_files(self._source.folder.pages))):
            if self._stopped():
                raise StoreError("backup.stopped")
            copied = self._copier.copied
            try:
                page = self._copier.take(file)
            except FileNotFoundError as error:
                raise _ChangedError from error
            if before.get(file, page.changed) != page.changed:
                raise _ChangedError
            pages[page.name] = page
            if self._terms.pause and self._copier.copied > copied:
                time.sleep(self._terms.pause)
        self._copier.flush()
        return list(pages.values())

    def _manifest(self, at: datetime, pages: list[PageCopy]) -> Manifest:
        state = CopiedState.of(self._place / layout.DATABASE, self._key.database)
        files = sorted(file for file in self._place.iterdir() if not file.name.startswith(durable.TEMPORARY))
        return Manifest(
            station=self._source.signer.station,
            generation=self._number,
            at=at,
            schema=state.schema,
            last_event=state.last_event,
            audit_seq=state.audit_seq,
            audit_hash=state.audit_hash,
            page_files=len(pages),
            page_bytes=sum(page.size for page in pages),
            files={file.name: digest(file) for file in files},
            key_id=self._source.signer.key_id,
        )

    def _write(self, name: str, content: bytes) -> None:
        durable.write(self._place / name, content)


def _last_pages(backups: BackupFolder) -> dict[str, PageCopy]:
    for number in reversed(backups.finished()):
        try:
            return page_copies.from_text((backups.generation(number) / layout.PAGES).read_bytes())
        except (OSError, ValueError):
            continue  # then all are looked at anew
    return {}


def _must_be_elsewhere(source: Source, target: Path) -> None:
    here, there = source.folder.root.resolve(), target.resolve()
    if there.is_relative_to(here) or here.is_relative_to(there):
        raise StoreError("backup.in_store")


def _must_be_ours(source: Source, backups: BackupFolder, *, new_disk: bool) -> None:
    """A mount point without its disk is a folder like any other: it must not fill the station's own disk."""
    if not backups.root.is_dir():
        raise StoreError("backup.no_folder")
    owner = backups.owner_key()
    if owner is not None and owner != source.signer.key_id:
        raise StoreError("backup.of_another")
    if owner is None and (not new_disk or _is_in_use(backups.root)):
        raise StoreError("backup.not_the_disk" if not new_disk else "backup.not_empty")


def _is_in_use(folder: Path) -> bool:
    """A new disk may hold anything but what looks like a backup or a store."""
    return any((folder / name).exists() for name in ("generations", "pages", "station.db", "keys.json"))


@contextmanager
def _said_of_the_other_disk() -> Iterator[None]:
    """A disk that fails here is the backup's: the officer must not be told that the station's own is full."""
    try:
        yield
    except StoreError as error:
        code = _ON_THE_OTHER_DISK.get(error.code)
        if code is None:
            raise
        raise StoreError(code, **error.parameters) from error
