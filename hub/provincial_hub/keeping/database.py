"""The embedded database: how it is opened so that a commit survives a power cut."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from provincial_hub.errors import SetupError
from provincial_hub.keeping.durable import sync_folder
from provincial_hub.keeping.tables import metadata

SCHEMA_VERSION = 2
"""2 added the trail's heads, invitations and rosters: tables beside the old ones, which stay as they are."""


async def open_database(file: Path) -> AsyncEngine:
    """Open, or create, the hub's database. Raises `SetupError` for that of another version."""
    engine = create_async_engine(
        f"sqlite+aiosqlite:///{file}",
        pool_size=1,
        max_overflow=0,
        hide_parameters=True,  # an exception's text would otherwise hold the dossier
    )
    event.listen(engine.sync_engine, "connect", _make_durable)
    async with engine.begin() as connection:
        found = (await connection.execute(text("PRAGMA user_version"))).scalar_one()
        if found > SCHEMA_VERSION:
            raise SetupError(f"{file}: schema {found}, this hub knows {SCHEMA_VERSION}")
        await connection.run_sync(metadata.create_all)
        await connection.execute(text(f"PRAGMA user_version = {SCHEMA_VERSION}"))
    sync_folder(file.parent)
    return engine


def open_to_read(file: Path) -> AsyncEngine:
    """Open an existing database to look only, beside a running hub or without one."""
    return create_async_engine(f"sqlite+aiosqlite:///file:{file}?mode=ro&uri=true")


def _make_durable(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA busy_timeout = 5000")
    cursor.close()
