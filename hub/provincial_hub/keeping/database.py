"""Opening the hub's database so that a commit survives a power cut: SQLite beside the program, or PostgreSQL."""

from __future__ import annotations

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
from provincial_hub.keeping.durable import sync_folder
from provincial_hub.keeping.migrations import must_be_newest, upgrade

SQLITE, POSTGRESQL = "sqlite+aiosqlite", "postgresql+asyncpg"
BUSY_MS = 10_000
"""How long a writer waits for another: a command beside a running hub, or one node for another."""
STATEMENT_MS = 30_000
CONNECT_S = 5.0


def embedded(file: Path) -> str:
    """The URL of a database in a file."""
    return URL.create(SQLITE, database=str(file)).render_as_string(hide_password=False)


async def open_database(url: str, connections: int = 10) -> AsyncEngine:
    """Open, or create, the hub's database and bring its tables up to date; several nodes may do so at once.

    Raises `SetupError` for a database of a newer program, of another kind, or one that would forget what it commits.
    """
    engine = _embedded(_known(url)) if is_embedded(url) else _server(_known(url), connections)
    try:
        async with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                await _must_be_durable(connection)
            await connection.run_sync(upgrade)
    except (SQLAlchemyError, OSError) as error:
        await engine.dispose()
        raise SetupError(f"the database cannot be opened: {_words(error)}") from error
    except SetupError:
        await engine.dispose()
        raise
    if engine.dialect.name == "sqlite":
        sync_folder(_file(url).parent)
    return engine


@asynccontextmanager
async def open_to_read(url: str) -> AsyncIterator[AsyncEngine]:
    """An existing database to look only, beside a running hub or without one.

    Raises `SetupError` where there is none, or one of another program's tables: looking changes nothing.
    """
    engine = _embedded_to_read(url) if is_embedded(url) else _server(_known(url), 1, default_transaction_read_only="on")
    try:
        async with engine.connect() as connection:
            await connection.run_sync(must_be_newest)
        yield engine
    except (SQLAlchemyError, OSError) as error:
        raise SetupError(f"the database cannot be read: {_words(error)}") from error
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
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


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


def _words(error: Exception) -> str:
    """What the engine says, which names the host or the file and never a value."""
    said = str(getattr(error, "orig", None) or error).strip()
    return said.splitlines()[0] if said else type(error).__name__
