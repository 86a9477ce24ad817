"""Putting the database under the data key that follows: a whole copy under the new key, then one rename.

Called with the folder locked and nobody at work, at every opening of the store: what a cut left half done is done
then. The pages are not touched: their keys lie in the database.
"""

from __future__ import annotations

import logging
from pathlib import Path

from station.errors import StoreError
from station.paths import DataFolder
from station.store import durable
from station.store.database import Database
from station.store.keys import Keys, rotation
from station.store.lock import FolderLock

log = logging.getLogger(__name__)
_PART = f"{durable.TEMPORARY}following.db"


def finish(folder: DataFolder, keys: Keys) -> Keys:
    """The keys that the database lies under now. Where the disk has no room for the copy, it is tried another day."""
    file = folder.database
    try:
        following = rotation.following(folder.keys, keys)
    except StoreError as error:
        if error.code != "keys.damaged" or not opens(file, keys):
            raise
        log.warning("the next data key is damaged; the present one stays")
        return keys
    if following is None or not file.exists():  # a lost database may come back, under the present key
        return keys
    if not opens(file, following):
        try:
            _rewrite(file, keys, following)
        except StoreError as error:
            if error.code != "store.disk_full":
                raise
            log.warning("the data key stays as it is for now: %s", error.code)
            return keys
    _remove_what_the_old_key_opens(folder)
    rotation.finish(folder.keys, keys, following)
    log.info("the database lies under a new data key")
    return following


def present(folder: DataFolder, keys: Keys) -> Keys:
    """The same for who will open the store more than once; the keys as they came where somebody has it open."""
    try:
        lock = FolderLock.take(folder.root)
    except StoreError as error:
        if error.code != "store.in_use":
            raise
        return keys
    try:
        return finish(folder, keys)
    finally:
        lock.release()


def opens(file: Path, keys: Keys) -> bool:
    """Whether these keys open the database."""
    database = Database(file, keys.database)
    try:
        with database.reading() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    except StoreError as error:
        if error.code != "store.wrong_key":
            raise
        return False
    finally:
        database.close()
    return True


def _rewrite(file: Path, keys: Keys, following: Keys) -> None:
    part = file.with_name(_PART)
    try:
        _remove_with_logs(part)
        try:
            _copy(file, part, keys, following)
            # The copy would read a log of the old key as its own.
            _checked_gone(file)
            durable.sync_folder(file.parent)
            part.replace(file)
        finally:
            _remove_with_logs(part)
        durable.sync_folder(file.parent)
    except OSError as error:
        raise durable.failure(error) from error


def _copy(file: Path, part: Path, keys: Keys, following: Keys) -> None:
    database = Database(file, keys.database)
    try:
        database.copy_under(part, following.database)
        with database.bare() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        database.close()
    copy = Database(part, following.database)
    try:
        with copy.bare() as connection:
            told = [row[0] for row in connection.execute("PRAGMA cipher_integrity_check")]
            told += [row[0] for row in connection.execute("PRAGMA quick_check")]
    finally:
        copy.close()
    if told != ["ok"]:
        raise StoreError("store.damaged")
    durable.sync_file(part)


def _checked_gone(file: Path) -> None:
    log_file = file.with_name(f"{file.name}-wal")
    if log_file.exists() and log_file.stat().st_size > 0:
        raise StoreError("store.in_use")
    for suffix in ("-wal", "-shm"):
        file.with_name(f"{file.name}{suffix}").unlink(missing_ok=True)


def _remove_with_logs(file: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        file.with_name(f"{file.name}{suffix}").unlink(missing_ok=True)


def _remove_what_the_old_key_opens(folder: DataFolder) -> None:
    """Copies made before a migration, and files that a cut left unfinished: no slot here opens them any more."""
    try:
        for pattern in (f"{folder.database.stem}.before-*{folder.database.suffix}", f"{durable.TEMPORARY}*"):
            for copy in folder.root.glob(pattern):
                _remove_with_logs(copy)
        durable.sync_folder(folder.root)
    except OSError as error:
        raise durable.failure(error) from error
