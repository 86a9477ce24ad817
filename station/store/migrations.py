"""Bringing the database forward to this program's version, with an encrypted copy made first; never backward."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import sqlalchemy as sql

from station.errors import StoreError
from station.store import durable
from station.store.database import Database
from station.store.database_copy import copy_database
from station.store.versions import VERSIONS

log = logging.getLogger(__name__)

GOOD_DAYS = 5
"""Days of work with the new version, before today, after which the copy of the old one is deleted."""
_GOOD_DAYS = sql.text(
    "SELECT count(DISTINCT substr(at, 1, 10)) FROM audit WHERE unixepoch(at) > :made AND substr(at, 1, 10) < :today"
)


def bring_forward(database: Database, versions: Sequence[Sequence[str]] = VERSIONS) -> None:
    """Apply what is missing, all of it or nothing.

    Raises `StoreError("store.newer_schema")` for a database that a later program has written.
    """
    found = schema_version(database)
    if found > len(versions):
        raise StoreError("store.newer_schema", found=found, known=len(versions))
    if found == len(versions):
        return
    if found:
        copy_database(database, backup_of(database.file, found))
    with database.writing() as connection:
        for statements in versions[found:]:
            for statement in statements:
                connection.exec_driver_sql(statement)
        connection.exec_driver_sql(f"PRAGMA user_version = {len(versions)}")


def remove_old_copies(database: Database, now: datetime) -> int:
    """Delete the copies after which the station has worked well on enough days; how many.

    A copy holds what is erased later, and grows out of date; within the first days it is what an update that turns out
    bad is undone with.
    """
    removed = 0
    for copy in copies(database.file):
        try:
            made = copy.stat().st_mtime
            with database.reading() as connection:
                days = connection.execute(_GOOD_DAYS, {"made": int(made), "today": now.date().isoformat()}).scalar_one()
            if days >= GOOD_DAYS:
                copy.unlink()
                removed += 1
        except OSError as error:
            log.warning("an old copy stays: %s", type(error).__name__)
    if removed:
        durable.sync_folder(database.file.parent)
    return removed


def copies(file: Path) -> list[Path]:
    """What earlier migrations put aside, the oldest version first."""
    return sorted(file.parent.glob(f"{file.stem}.before-*{file.suffix}"))


def schema_version(database: Database) -> int:
    """0 for a new file; raises `StoreError("store.wrong_key")` for a file that these keys do not open."""
    with database.reading() as connection:
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def backup_of(file: Path, version: int) -> Path:
    """Where the copy made before leaving `version` lies."""
    return file.with_name(f"{file.stem}.before-{version + 1}{file.suffix}")
