"""Bringing a database up to this program's tables, revision by revision (Alembic), inside one transaction."""

from __future__ import annotations

import logging
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from provincial_hub.errors import SetupError
from provincial_hub.keeping.dialect import alone

NEWEST = "0002"
EMBEDDED_VERSION = 3
"""`user_version` of an embedded database: up to 2, a database had no revisions; programs of then refuse 3."""
_NEWER = "the database is that of a newer hub: install that program, or restore a copy from before it"


def is_newest(connection: Connection) -> bool:
    """Nothing is lacking."""
    return _found(connection) == NEWEST


def load() -> None:
    """Load Alembic before anybody waits for what it does: that may take seconds on a busy machine."""
    import alembic.command
    import alembic.config
    import alembic.script  # noqa: F401


def upgrade(connection: Connection) -> None:
    """Run what is lacking, once no other node does. Raises `SetupError` where a newer program has been here."""
    _alone(connection)
    if is_newest(connection):
        return
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    logging.getLogger("alembic").setLevel(logging.WARNING)  # one line a revision is Alembic's, not the operator's
    here = str(Path(__file__).parent)
    known = {None, *(revision.revision for revision in ScriptDirectory(here).walk_revisions())}
    if _found(connection) not in known or _embedded_version(connection) > EMBEDDED_VERSION:
        raise SetupError(_NEWER)
    config = Config()
    config.set_main_option("script_location", here)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite":
        connection.execute(text(f"PRAGMA user_version = {EMBEDDED_VERSION}"))


def _alone(connection: Connection) -> None:
    """However long another node takes: an index over a province's rows needs longer than a request may.

    A node that dies lets go with its connection, and the server ends one that does nothing.
    """
    server = connection.dialect.name == "postgresql"
    if server:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SET LOCAL lock_timeout = 0"))
    alone(connection, "migrations")
    if server:
        connection.execute(text("SET LOCAL lock_timeout TO DEFAULT"))  # tables that requests use are not waited for


def must_be_newest(connection: Connection) -> None:
    """Raises `SetupError` where whoever only looks would find other tables than this program's."""
    found = _found(connection)
    if (found or "") > NEWEST or _embedded_version(connection) > EMBEDDED_VERSION:
        raise SetupError(_NEWER)
    if found != NEWEST:
        raise SetupError("the database is that of an older hub: «provincial-hub serve» brings it up to date, once")


def _found(connection: Connection) -> str | None:
    """The revision of the database, None before the first."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _embedded_version(connection: Connection) -> int:
    if connection.dialect.name != "sqlite":
        return 0
    return int(connection.execute(text("PRAGMA user_version")).scalar_one())
