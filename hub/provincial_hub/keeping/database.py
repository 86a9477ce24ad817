"""Opening the hub's database so that a commit survives a power cut: SQLite beside the program, or PostgreSQL."""

from __future__ import annotations

import asyncio
import errno
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Dialect, event, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from provincial_hub.errors import SetupError
from provincial_hub.keeping.dialect import is_busy
from provincial_hub.keeping.durable import sync_folder
from provincial_hub.keeping.migrations import is_newest, load, must_be_newest, upgrade
from provincial_hub.service_manager import longer_start

SQLITE, POSTGRESQL = "sqlite+aiosqlite", "postgresql+asyncpg"
BUSY_MS = 10_000
"""How long a writer waits for another: a command beside a running hub, or one node for another."""
STATEMENT_MS = 30_000
CONNECT_S = 5.0
OPENING_S, AGAIN_S = 60.0, 0.05
"""How long opening waits for others that open the same file and make its tables, and how often it looks."""


def embedded(file: Path) -> str:
    """The URL of a database in a file."""
    return URL.create(SQLITE, database=str(file)).render_as_string(hide_password=False)


async def open_database(url: str, connections: int = 10) -> AsyncEngine:
    """Open, or create, the hub's database and bring its tables up to date; several nodes may do so at once.

    Raises `SetupError` for a database of a newer program, of another kind, or one that would forget what it commits.
    """
    engine = _embedded(_known(url)) if is_embedded(url) else _server(_known(url), connections)
    try:
        if engine.dialect.name == "sqlite":
            _must_be_within_reach(_file(url), os.R_OK | os.W_OK)
        async with longer_start():
            await _wait_for_others(engine)
    except (SQLAlchemyError, OSError) as error:
        await engine.dispose()
        raise SetupError(_not_opened(url, error)) from error
    except SetupError:
        await engine.dispose()
        raise
    if engine.dialect.name == "sqlite":
        sync_folder(_file(url).parent)
    return engine


async def _wait_for_others(engine: AsyncEngine) -> None:
    """Of several that make a file at once, SQLite lets one change its journal and turns the others away unheard."""
    ends = time.monotonic() + OPENING_S
    while True:
        try:
            return await _bring_up_to_date(engine)
        except SQLAlchemyError as error:
            if not is_busy(error) or time.monotonic() > ends:
                raise
        await asyncio.sleep(AGAIN_S)


async def _bring_up_to_date(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            await _must_be_durable(connection)
        if await connection.run_sync(is_newest):
            return  # as nearly always
    await asyncio.to_thread(load)  # it takes longer than everything else, and nobody is to wait for it
    async with engine.begin() as connection:
        await connection.run_sync(upgrade)


@asynccontextmanager
async def open_to_read(url: str) -> AsyncIterator[AsyncEngine]:
    """An existing database to look only, beside a running hub or without one.

    Raises `SetupError` where there is none, or one of another program's tables: looking changes nothing.
    """
    engine = _embedded_to_read(url) if is_embedded(url) else _server(_known(url), 1, default_transaction_read_only="on")
    try:
        if engine.dialect.name == "sqlite":
            _must_be_within_reach(_file(url), os.R_OK)
        async with engine.connect() as connection:
            await connection.run_sync(must_be_newest)
        yield engine
    except (SQLAlchemyError, OSError) as error:
        raise SetupError(_not_opened(url, error)) from error
    finally:
        await engine.dispose()


def is_embedded(url: str) -> bool:
    return _known(url).drivername == SQLITE


def _known(url: str) -> URL:
    try:
        known = make_url(url)
    except ArgumentError:
        known = None
    if known is None or known.drivername not in (SQLITE, POSTGRESQL) or not known.database:
        # The URL itself may hold a password.
        raise SetupError(f"the database's url wants {SQLITE}:///FILE or {POSTGRESQL}://USER@HOST/DATABASE")
    return known


def _file(url: str) -> Path:
    return Path(_known(url).database or "")


def _must_be_within_reach(file: Path, how: int) -> None:
    """Raises `OSError` with the reason, of which SQLite says nothing.

    Looked at from outside: a file that is closed loses the locks that this process has on it.
    """
    if file.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not file.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    if not os.access(file if file.exists() else file.parent, how):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _embedded(url: URL) -> AsyncEngine:
    engine = create_async_engine(
        url,
        pool_size=1,
        max_overflow=0,
        hide_parameters=True,  # an exception's text would otherwise hold the dossier
    )
    event.listen(engine.sync_engine, "connect", _make_durable)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _embedded_to_read(url: str) -> AsyncEngine:
    if not _file(url).exists():
        raise SetupError(f"{_file(url).parent} holds no hub")
    address = _known(url).set(database=f"file:{quote(str(_file(url)))}", query={"mode": "ro", "uri": "true"})
    return create_async_engine(address, hide_parameters=True)


def _make_durable(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN would come late, and never before DDL
    cursor = connection.cursor()
    try:
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.close()
    except BaseException:
        connection.close()  # the pool has not taken it yet, and its thread would stay
        raise


def _begin(connection: Connection) -> None:
    """Take the write lock first: who reads, then writes, would find at the second step that somebody else has."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _server(url: URL, connections: int, **settings: str) -> AsyncEngine:
    told = {
        "application_name": "provincial-hub",
        "statement_timeout": str(STATEMENT_MS),
        "lock_timeout": str(BUSY_MS),
        "idle_in_transaction_session_timeout": str(STATEMENT_MS),
        "synchronous_commit": "on",
        **settings,
    }
    engine = create_async_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=STATEMENT_MS / 1000,
        pool_pre_ping=True,  # connections of a server that was restarted are made anew, not handed out
        hide_parameters=True,
        connect_args={"server_settings": told, "timeout": CONNECT_S},
    )
    event.listen(engine.sync_engine, "do_connect", _connect)
    return engine


def _connect(dialect: Dialect, _record: object, words: list[Any], told: dict[str, Any]) -> DBAPIConnection:
    """The driver lets through whatever the network says: no answer in time, no such host, no way there.

    Among requests, any `OSError` but a `ConnectionError` is the disk's.
    """
    try:
        return dialect.connect(*words, **told)
    except ConnectionError:
        raise
    except OSError as error:
        raise ConnectionError(error.errno, error.strerror or "no answer in time") from error


async def _must_be_durable(connection: AsyncConnection) -> None:
    for name in ("fsync", "full_page_writes"):
        if await connection.scalar(text(f"SHOW {name}")) != "on":
            raise SetupError(f"PostgreSQL runs with {name} off: it would lose what has been acknowledged")


def _not_opened(url: str, error: Exception) -> str:
    """A sentence with what to do. The engine names the host or the file and never a value; the password stays out."""
    said = str(getattr(error, "strerror", None) or getattr(error, "orig", None) or error).strip()
    why = said.splitlines()[0] if said else type(error).__name__
    if is_embedded(url):
        return (
            f"the database {_file(url)} cannot be opened: {why}. Its folder wants to be there, with room on the disk, "
            "and to belong to whoever runs the hub; a damaged file comes back from the backup"
        )
    place = _known(url).set(query={}).render_as_string(hide_password=True)
    return (
        f"the database {place} cannot be opened: {why}. Look at [database] url and password_file of hub.toml, "
        "and whether PostgreSQL runs there and lets this machine in"
    )
