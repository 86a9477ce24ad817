"""The encrypted database: SQLCipher behind SQLAlchemy, one writer at a time, readers on their own connections."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import sqlalchemy as sql
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2 as sqlcipher

from station.errors import StoreError

LEAST_SQLITE = (3, 51, 3)
"""Earlier ones can corrupt a database in WAL mode when two connections write and checkpoint at once."""

_ERRORS = {
    "SQLITE_FULL": "store.disk_full",
    "SQLITE_NOTADB": "store.wrong_key",
    "SQLITE_CORRUPT": "store.damaged",
    "SQLITE_READONLY": "store.no_permission",
    "SQLITE_CANTOPEN": "store.no_permission",
    "SQLITE_BUSY": "store.in_use",
    "SQLITE_LOCKED": "store.in_use",
    "SQLITE_IOERR": "store.disk_failed",
}

_UNNAMED = {
    "database or disk is full": "SQLITE_FULL",
    "disk I/O error": "SQLITE_IOERR",
    "attempt to write a readonly database": "SQLITE_READONLY",
    "unable to open database file": "SQLITE_CANTOPEN",
    "database disk image is malformed": "SQLITE_CORRUPT",
    "file is not a database": "SQLITE_NOTADB",
}
"""What the driver's `backup` raises: it has SQLite's own words and no code."""

_SETTINGS = (
    "journal_mode = WAL",
    "synchronous = FULL",  # NORMAL lost acknowledged dossiers in power cuts
    "fullfsync = ON",  # macOS: fsync alone stops at the drive's cache
    "checkpoint_fullfsync = ON",
    "foreign_keys = ON",
    "busy_timeout = 10000",
    "secure_delete = ON",
    "temp_store = MEMORY",
)


class Database:
    """Connections to the one database file. Raises `StoreError` for every known failure of file or disk."""

    def __init__(self, file: Path, key: bytes) -> None:
        if sqlcipher.sqlite_version_info < LEAST_SQLITE:
            raise StoreError("store.old_engine", found=sqlcipher.sqlite_version)
        self.file = file
        # The address holds no key: it ends up in logs and tracebacks.
        self._engine = sql.create_engine(
            sql.URL.create("sqlite", database=str(file)), module=sqlcipher, hide_parameters=True
        )
        self._key = key
        event.listen(self._engine, "connect", self._set_up)
        event.listen(self._engine, "begin", _begin)
        self._writing = threading.Lock()
        self._writer: int | None = None

    @property
    def key(self) -> bytes:
        """The one that it lies under now."""
        return self._key

    @contextmanager
    def reading(self) -> Iterator[sql.Connection]:
        """One consistent view, while others may write."""
        with _told_plainly(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sql.Connection]:
        """The one writer. Durable when the block ends, undone when it raises."""
        if self._writer == threading.get_ident():
            raise RuntimeError("this thread is writing already: a nested transaction would wait for itself")
        with self._writing:
            self._writer = threading.get_ident()
            try:
                with _told_plainly(), self._engine.connect() as plain:
                    connection = plain.execution_options(writes=True)
                    with connection.begin():
                        yield connection
            finally:
                self._writer = None

    @contextmanager
    def bare(self) -> Iterator[Any]:
        """The driver's own connection, outside any transaction, for `VACUUM INTO` and its like."""
        with _told_plainly():
            borrowed = self._engine.raw_connection()
            try:
                yield borrowed.driver_connection
            finally:
                borrowed.close()

    def opens(self, other: Path) -> bool:
        """Whether another file is a database under the same key."""
        try:
            connection = sqlcipher.connect(f"{other.absolute().as_uri()}?mode=ro", uri=True)
            try:
                _unlock(connection, self._key)
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            finally:
                connection.close()
        except sqlcipher.Error:
            return False
        return True

    def copy_under(self, target: Path, key: bytes) -> None:
        """A copy as the database is at this instant, in a new file under another key, while others read and write."""
        with self.bare() as connection:
            copy = sqlcipher.connect(str(target))
            try:
                _unlock(copy, key)
                connection.backup(copy)  # in one step: it lets writers by, and never begins anew
            finally:
                copy.close()

    def scrub(self) -> None:
        """Leave nothing of deleted rows in the file or beside it; writes the file anew, in memory first.

        `secure_delete` clears rows where they stood, but a page that SQLite has balanced keeps copies in its slack,
        and the search index keeps the words of rows that are gone until its parts are merged.

        Raises `StoreError("store.in_use")` while somebody reads.
        """
        with self._writing, self.bare() as connection:
            connection.execute("INSERT INTO search (search) VALUES ('optimize')")
            connection.execute("VACUUM")
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise StoreError("store.in_use")

    def close(self) -> None:
        """The last connection to close writes the log back into the file."""
        self._engine.dispose()

    def _set_up(self, connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions begin where we say, not where the driver guesses
        _unlock(connection, self._key)
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")


@contextmanager
def looking_into(file: Path, key: bytes) -> Iterator[Any]:
    """A connection to a database that nobody works on, and that may lie where nothing can be written."""
    with _told_plainly():
        connection = sqlcipher.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            _unlock(connection, key)
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            yield connection
        finally:
            connection.close()


def copy_out(source: Path, key: bytes, target: Path, new_key: bytes) -> None:
    """A copy under another key, of a database as `looking_into` opens it."""
    with looking_into(source, key) as opened:
        copy = sqlcipher.connect(str(target))
        try:
            _unlock(copy, new_key)
            opened.backup(copy)
        finally:
            copy.close()


def _unlock(connection: Any, key: bytes) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")  # it writes to stderr what the error says already
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")


def _begin(connection: sql.Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _told_plainly() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        _raise_known(error, error.orig)
    except sqlcipher.Error as error:
        _raise_known(error, error)


def _raise_known(error: Exception, cause: BaseException | None) -> NoReturn:
    name = str(getattr(cause, "sqlite_errorname", "") or _UNNAMED.get(str(cause), ""))
    for prefix, code in _ERRORS.items():
        if name.startswith(prefix):
            raise StoreError(code) from error
    raise error
