"""A second copy of the store in another folder, as encrypted as the first: the store opens it like its own."""

from __future__ import annotations

from pathlib import Path

from station.errors import StoreError
from station.paths import DataFolder
from station.store import durable
from station.store.database import Database
from station.store.lock import FolderLock


def back_up(database: Database, source: DataFolder, target: DataFolder) -> None:
    """Bring the copy up to date; pages that are there already are not copied again. Durable on return.

    Raises `store.backup_in_store`, `store.backup_of_another`, `store.in_use` for a copy that is open, or what the
    disk says.
    """
    if target.root.resolve().is_relative_to(source.root.resolve()):
        raise StoreError("store.backup_in_store")
    if target.database.exists() and not database.opens(target.database):
        raise StoreError("store.backup_of_another")
    durable.make_folder(target.root)
    lock = FolderLock.take(target.root)
    try:
        # The database first: the pages that it names were kept before it named them, so all are there to copy.
        copy_database(database, target.database)
        durable.write(target.keys, source.keys.read_bytes())
        for file in source.pages.glob("*/*"):
            _copy_page(file, target.pages / file.parent.name / file.name)
    except OSError as error:
        raise durable.failure(error) from error
    finally:
        lock.release()


def copy_database(database: Database, target: Path) -> None:
    """A whole copy under the same key, durable on return; replaces an older one only when complete."""
    part = target.with_name(f"{durable.TEMPORARY}{target.name}")
    try:
        part.unlink(missing_ok=True)
        try:
            with database.bare() as connection:
                connection.execute("VACUUM INTO ?", (str(part),))
            durable.sync_file(part)
            for log in ("-wal", "-shm"):  # of an older copy that somebody had opened: it would be read into this one
                target.with_name(f"{target.name}{log}").unlink(missing_ok=True)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
        durable.sync_folder(target.parent)
    except OSError as error:
        raise durable.failure(error) from error


def _copy_page(file: Path, target: Path) -> None:
    if file.name.startswith(durable.TEMPORARY):
        return
    if target.exists() and target.stat().st_size == file.stat().st_size:
        return
    durable.make_folder(target.parent)
    durable.write(target, file.read_bytes())
