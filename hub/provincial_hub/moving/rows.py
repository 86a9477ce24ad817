"""Every table of one database copied into another, empty one, row for row, and both held against each other."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from provincial_hub.errors import SetupError
from provincial_hub.keeping.tables import metadata

AT_ONCE = 50
"""Rows in memory at a time: an event may have 4 MiB."""
_WHOLE = 1 << 256


@dataclass(frozen=True, slots=True)
class Sum:
    """How many rows a table has, and the sum of their hashes, which knows no order: engines sort texts differently."""

    rows: int = 0
    digest: int = 0

    def plus(self, rows: Sequence[Mapping[str, Any]]) -> Sum:
        return Sum(self.rows + len(rows), (self.digest + sum(map(_digest, rows))) % _WHOLE)


async def copy_rows(source: AsyncConnection, target: AsyncConnection) -> dict[str, int]:
    """Each table's number of rows. Raises `SetupError` where `target` holds any, or came out different.

    What is written counts once the caller commits. Numbers that the engine gives out go on above those that are copied.
    """
    await must_be_empty(target)
    copied = {}
    for table in metadata.sorted_tables:
        found = Sum()
        async for rows in _rows(source, table):
            await target.execute(insert(table), rows)
            found = found.plus(rows)
        await _count_on(target, table)
        if await _sum(target, table) != found:
            raise SetupError(f"{table.name} did not arrive as it was: nothing was moved")
        copied[table.name] = found.rows
    return copied


async def must_be_empty(target: AsyncConnection) -> None:
    """Raises `SetupError` where it holds any row."""
    for table in metadata.sorted_tables:
        if await target.scalar(select(select(table).exists())):
            raise SetupError(f"the database that is to take the hub holds one already: {table.name} is not empty")


async def _sum(connection: AsyncConnection, table: Table) -> Sum:
    found = Sum()
    async for rows in _rows(connection, table):
        found = found.plus(rows)
    return found


async def _rows(connection: AsyncConnection, table: Table) -> AsyncIterator[list[dict[str, Any]]]:
    async with connection.stream(select(table)) as told:
        async for part in told.mappings().partitions(AT_ONCE):
            yield [dict(row) for row in part]


def _digest(row: Mapping[str, Any]) -> int:
    told = {name: value.hex() if isinstance(value, bytes) else value for name, value in row.items()}
    content = json.dumps(told, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return int.from_bytes(hashlib.sha256(content.encode("ascii")).digest(), "big")


async def _count_on(connection: AsyncConnection, table: Table) -> None:
    """SQLite counts on from the highest number by itself; PostgreSQL has a sequence, which knows nothing of copies."""
    column = table.autoincrement_column
    if connection.dialect.name != "postgresql" or column is None:
        return
    names = {"table": table.name, "column": column.name}
    sequence = await connection.scalar(text("SELECT pg_get_serial_sequence(:table, :column)"), names)
    highest = await connection.scalar(select(func.max(column)))
    if sequence is not None and highest is not None:
        await connection.execute(text("SELECT setval(:sequence, :highest)"), {"sequence": sequence, "highest": highest})
