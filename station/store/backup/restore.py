"""A station is brought back from a backup, into an empty folder: everything as it was that night, or nothing.

The database comes last under its name: a folder in which this was broken off does not open, and may be tried again.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from station.errors import StoreError
from station.paths import DataFolder
from station.store import durable, migrations
from station.store.backup import brought_back as restoration
from station.store.backup import check, envelope, layout, page_copies, station_files
from station.store.backup.check import Fault
from station.store.backup.envelope import BackupKey
from station.store.backup.layout import MOST_BYTES, BackupFolder, read_at_most
from station.store.backup.manifest import Manifest
from station.store.database import Database, copy_out
from station.store.health import check as store_check
from station.store.health.check import Finding
from station.store.keys import KeyRing, Secrets
from station.store.keys.dossier_keys import DossierKeys
from station.store.keys.secret_rows import kept_secrets
from station.store.pages import Pages

_UNFINISHED = "restoring"
_SPARE = 64 << 20
_DATABASE = f"{durable.TEMPORARY}station.db"


class Opener(Protocol):
    """Opens the key of a generation: with the province's recovery key, or with a passphrase of the station."""

    def open(self, generation: Path) -> BackupKey:
        """Raises `StoreError`."""
        ...


@dataclass(frozen=True, slots=True)
class Restored:
    """What was brought back. `faults` are copies of pages that were not whole, `findings` what the store thus lacks.

    Both are empty when all is well. One page that is lost must not keep everything else from coming back.
    """

    manifest: Manifest
    faults: list[Fault]
    findings: list[Finding]


def restore(
    source: Path,
    folder: DataFolder,
    opener: Opener,
    now: Callable[[], datetime],
    *,
    generation: int | None = None,
    public_keys: Collection[bytes] = (),
) -> Restored:
    """Bring one generation back, the newest by default.

    With `public_keys`, only what one of them has signed. Raises `StoreError` with a `backup.*` or `restore.*` code.
    """
    backups = BackupFolder(source)
    number = check.newest(backups) if generation is None else generation
    manifest = backups.manifest(number)
    _must_be_bare(folder)
    if manifest.at > now():
        raise StoreError("restore.clock_behind")
    broken = check.check_files(backups, number, public_keys)
    if broken:
        raise StoreError(broken[0].code, generation=number, file=broken[0].file)
    pages = check.pages_of(backups, number).values()
    place = backups.generation(number)
    key = opener.open(place)
    _must_have_room(manifest, folder)
    durable.make_private(folder.root)
    durable.write(folder.root / _UNFINISHED, b"")
    durable.make_folder(folder.pages)  # before the keys: a store with keys and no pages would be begun anew
    faults = []
    for page in pages:
        try:
            page_copies.put_back(page, backups.pages, folder.pages)
        except StoreError as error:
            faults.append(check.fault_of_page(backups, page, error))
    findings = _bring_database_back(place, key, folder, manifest, now())
    try:
        station_files.unpack(key.unseal((place / layout.FILES).read_bytes(), layout.FILES), folder)
        (folder.root / _DATABASE).replace(folder.database)
        durable.sync_folder(folder.root)
        (folder.root / _UNFINISHED).unlink()
        durable.sync_folder(folder.root)
    except ValueError as error:
        raise StoreError("backup.damaged", generation=number, file=layout.FILES) from error
    except OSError as error:
        raise durable.failure(error) from error
    return Restored(manifest, faults, findings)


@dataclass(frozen=True, slots=True)
class ByIdentity:
    """Opens with the private half of the province's recovery key, as `age-keygen` wrote it."""

    identity: str

    def open(self, generation: Path) -> BackupKey:
        """Raises `StoreError`: `backup.bad_identity`, `backup.other_identity`, `backup.for_station`."""
        try:
            content = read_at_most(generation / envelope.FOR_PROVINCE, MOST_BYTES)
        except FileNotFoundError as error:
            raise StoreError("backup.for_station") from error
        except OSError as error:
            raise durable.failure(error) from error
        return envelope.open_for_province(content or b"", self.identity)


@dataclass(frozen=True, slots=True)
class ByPassphrase:
    """Opens through the key slots that a station without a province leaves beside its backup."""

    passphrase: str

    def open(self, generation: Path) -> BackupKey:
        """Raises `StoreError`: `backup.for_province`, `backup.damaged`, or what the slots say."""
        try:
            content = read_at_most(generation / envelope.FOR_STATION, MOST_BYTES)
        except FileNotFoundError as error:
            raise StoreError("backup.for_province") from error
        except OSError as error:
            raise durable.failure(error) from error
        keys = KeyRing.open(generation / envelope.SLOTS, self.passphrase)
        try:
            return envelope.open_for_station(content or b"", keys.database)
        except ValueError as error:
            raise StoreError("backup.damaged", generation=int(generation.name), file=envelope.FOR_STATION) from error


def asks_for_identity(source: Path, generation: int | None = None) -> bool:
    """Whether the recovery key opens this generation, or a passphrase does; raises `StoreError("backup.none")`."""
    backups = BackupFolder(source)
    number = check.newest(backups) if generation is None else generation
    return envelope.FOR_PROVINCE in backups.manifest(number).files


def _must_be_bare(folder: DataFolder) -> None:
    """Nothing is ever written over; what an earlier try left, which never opened, goes.

    Where the database has its name, the try was as good as over, and somebody may have worked there since.
    """
    try:
        if (folder.root / _UNFINISHED).exists() and not folder.database.exists():
            shutil.rmtree(folder.root)
        elif folder.root.exists() and any(folder.root.iterdir()):
            raise StoreError("restore.not_empty")
    except OSError as error:
        raise durable.failure(error) from error


def _must_have_room(manifest: Manifest, folder: DataFolder) -> None:
    needed = manifest.page_bytes + 2 * manifest.files[layout.DATABASE][0] + _SPARE
    there = next(place for place in (folder.root, *folder.root.absolute().parents) if place.exists())
    free = shutil.disk_usage(there).free
    if free < needed:
        raise StoreError("restore.no_room", needed=-(-needed >> 20), free=free >> 20)


def _bring_database_back(
    place: Path, key: BackupKey, folder: DataFolder, manifest: Manifest, now: datetime
) -> list[Finding]:
    """Under the key that the station's slots lead to, marked as restored, and read through once."""
    part = folder.root / _DATABASE
    try:
        copy_out(place / layout.DATABASE, key.database, part, key.database_key)
        durable.sync_file(part)
    except OSError as error:
        raise durable.failure(error) from error
    except StoreError as error:
        if error.code != "store.wrong_key":
            raise
        raise StoreError("backup.damaged", generation=manifest.generation, file=layout.DATABASE) from error
    database = Database(part, key.database_key)
    try:
        migrations.bring_forward(database)
        with database.writing() as connection:
            detail: dict[str, str | int] = {"pages": manifest.page_files, "key": manifest.key_id}
            restoration.begin(connection, manifest.generation, manifest.at, now, detail)
        pages = Pages(folder.pages, kept_secrets(database, Secrets.random()), DossierKeys(database))
        return store_check.verify(database, pages)
    finally:
        database.close()
