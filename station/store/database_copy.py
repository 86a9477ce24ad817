"""A whole copy of the database beside it, under the same key: what a migration makes before it changes anything."""

from __future__ import annotations

from pathlib import Path

from station.store import durable
from station.store.database import Database


def copy_database(database: Database, target: Path) -> None:
    """Durable on return; replaces an older copy only when complete."""
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
