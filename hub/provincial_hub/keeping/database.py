"""The embedded database: its tables, and how it is opened so that a commit survives a power cut."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Column, Index, Integer, MetaData, String, Table, Text, event, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from provincial_hub.errors import SetupError
from provincial_hub.keeping.durable import sync_folder

SCHEMA_VERSION = 2
"""2 added the trail's heads, invitations and rosters: tables beside the old ones, which stay as they are."""

metadata = MetaData()

events = Table(
    "event",
    metadata,
    Column("station", String, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("digest", String, nullable=False),  # SHA-256 of the canonical bytes: tells a repeat from a change
    Column("content", Text, nullable=False),  # the event as it came, canonical JSON
    Column("dossier_id", String, nullable=False),
    Column("number", String, nullable=False),  # the provisional number on the citizen's receipt
    Column("status", String, nullable=False),  # need_pages, accepted, conflict
    Column("version", Integer),  # of the dossier, made by this event; null for a conflict
    Column("kept_at", String, nullable=False),
    Column("reason_code", String),
    Column("reason_message", String),
    Column("hub_number", String, unique=True),
    Column("receipt", Text),
)

announced = Table(
    "announced_page",
    metadata,
    Column("station", String, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("sha256", String, nullable=False),
    Index("announced_page_by_sha256", "station", "sha256"),
)

# A row is the hub's word that the page is durable: it is written after the file and its name were synced.
pages = Table(
    "page",
    metadata,
    Column("station", String, primary_key=True),
    Column("sha256", String, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("received_at", String, nullable=False),
)

dossiers = Table(
    "dossier",
    metadata,
    Column("dossier_id", String, primary_key=True),
    Column("station", String, nullable=False),
    Column("version", Integer, nullable=False),
)

counters = Table(
    "counter",
    metadata,
    Column("series", String, primary_key=True),
    Column("value", Integer, nullable=False),
)


heads = Table(
    "trail_head",
    metadata,
    Column("station", String, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("hash", String, primary_key=True),
    Column("at", String, nullable=False),  # by the station's clock, signed
    Column("text", String, nullable=False),  # as it came: whoever has it can check the signature again
    Column("received_at", String, nullable=False),
)

alarms = Table(
    "trail_alarm",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("station", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("seq", Integer),  # of the head that gave the alarm, where it could be read
    Column("text", String, nullable=False),
    Column("raised_at", String, nullable=False),
    Column("settled_at", String),
    Column("settled_by", String),
    Column("note", String),
    Index("trail_alarm_by_station", "station", "kind"),
)

invitations = Table(
    "invitation",
    metadata,
    Column("secret_sha256", String, primary_key=True),
    Column("station", String, nullable=False),
    Column("made_at", String, nullable=False),
    Column("expires_at", String, nullable=False),
    Column("used_at", String),
    Column("used_by", String),  # SHA-256 of the public keys that came with it
)

rosters = Table(
    "roster",
    metadata,
    Column("station", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("digest", String, nullable=False),  # SHA-256 of what it says, apart from its dates
    Column("expires_at", String, nullable=False),
    Column("issued_at", String, nullable=False),
    Column("document", Text, nullable=False),
)


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
