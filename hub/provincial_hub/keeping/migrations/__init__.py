"""Bringing a database up to this program's tables, revision by revision (Alembic), inside one transaction."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from provincial_hub.errors import SetupError
from provincial_hub.keeping.dialect import alone

EMBEDDED_VERSION = 3
"""`user_version` of an embedded database: up to 2, a database had no revisions; programs of then refuse 3."""


def upgrade(connection: Connection) -> None:
    """Run what is lacking. Raises `SetupError` where a newer program has been here."""
    alone(connection, "migrations")
    script = ScriptDirectory(str(Path(__file__).parent))
    found = MigrationContext.configure(connection).get_current_heads()
    known = {revision.revision for revision in script.walk_revisions()}
    if not set(found) <= known or _embedded_version(connection) > EMBEDDED_VERSION:
        raise SetupError("the database is that of a newer hub: install that program, or restore a copy from before it")
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite":
        connection.execute(text(f"PRAGMA user_version = {EMBEDDED_VERSION}"))


def _embedded_version(connection: Connection) -> int:
    if connection.dialect.name != "sqlite":
        return 0
    return int(connection.execute(text("PRAGMA user_version")).scalar_one())
