"""What the two database engines say differently."""

from __future__ import annotations

import hashlib
import sqlite3

from sqlalchemy import Connection, Table, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection

# Serialisation failure, deadlock, lock not to be had, unique violation: the same again will go through.
_WORTH_ANOTHER_TRY = {"40001", "40P01", "55P03", "23505"}

# Connection, resources, operator's intervention, or another transaction in the way: it is not the statement's fault.
_AWAY = ("08", "40", "53", "55", "57")


def upsert(connection: AsyncConnection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """An INSERT that knows ON CONFLICT: standard SQL has none, the engines agree on this one."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def alone(connection: Connection, what: str) -> None:
    """Wait until no other transaction of any node does `what`; until this one ends, none will.

    SQLite has one writer at a time as it is.
    """
    if connection.dialect.name == "postgresql":
        number = int.from_bytes(hashlib.sha256(what.encode()).digest()[:8], "big", signed=True)
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


def is_worth_another_try(error: DBAPIError) -> bool:
    """Another transaction was in the way, and this one has been undone."""
    return _state(error) in _WORTH_ANOTHER_TRY


def is_busy(error: Exception) -> bool:
    """Another program holds the file of an embedded database."""
    return int(getattr(getattr(error, "orig", None), "sqlite_errorcode", 0)) & 0xFF == sqlite3.SQLITE_BUSY


def is_away(error: Exception) -> bool:
    """The database cannot be reached, or not now: the same again may go through later."""
    if isinstance(error, (OperationalError, InterfaceError, PoolTimeoutError, ConnectionError, TimeoutError)):
        return True
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    return _state(error).startswith(_AWAY)


def kind_of(error: Exception) -> str:
    """What may be logged: the engine's code, or the kind of failure."""
    cause = getattr(error, "orig", None) or error
    return _state(error) or str(getattr(cause, "sqlite_errorname", None) or type(cause).__name__)


def _state(error: Exception) -> str:
    return str(getattr(getattr(error, "orig", None) or error, "sqlstate", None) or "")
