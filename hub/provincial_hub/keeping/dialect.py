"""What the two database engines say differently."""

from __future__ import annotations

import hashlib

from sqlalchemy import Connection, Table, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

# Serialisation failure, deadlock, lock not to be had, unique violation: the same again will go through.
_WORTH_ANOTHER_TRY = {"40001", "40P01", "55P03", "23505"}


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
    return getattr(error.orig, "sqlstate", None) in _WORTH_ANOTHER_TRY
