"""Bringing the database forward to this program's version, with an encrypted copy made first; never backward."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from station.errors import StoreError
from station.store.database import Database
from station.store.database_copy import copy_database
from station.store.versions import VERSIONS


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


def schema_version(database: Database) -> int:
    """0 for a new file; raises `StoreError("store.wrong_key")` for a file that these keys do not open."""
    with database.reading() as connection:
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def backup_of(file: Path, version: int) -> Path:
    """Where the copy made before leaving `version` lies."""
    return file.with_name(f"{file.stem}.before-{version + 1}{file.suffix}")
