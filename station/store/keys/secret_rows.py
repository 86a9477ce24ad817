"""The station's own secrets as rows of the encrypted database: a new data key leaves them as they are."""

from __future__ import annotations

from dataclasses import asdict

import sqlalchemy as sql

from station.store import schema
from station.store.database import Database
from station.store.keys import Secrets
from station.store.keys.derived import Hidden


def kept_secrets(database: Database, first: Secrets) -> Secrets:
    """The secrets of this station; one that has no row yet gets that of `first`."""
    with database.writing() as connection:
        kept = _rows(connection)
        missing = {name: value for name, value in asdict(first).items() if name not in kept}
        if missing:
            rows_of = [{"name": name, "value": bytes(value)} for name, value in missing.items()]
            connection.execute(sql.insert(schema.secret), rows_of)
    return Secrets(**{**missing, **kept})


def seen_secrets(database: Database, first: Secrets) -> Secrets:
    """The same, for who changes nothing: a migration may have been broken off before the rows were written."""
    with database.reading() as connection:
        return Secrets(**{**asdict(first), **_rows(connection)})


def _rows(connection: sql.Connection) -> dict[str, Hidden]:
    rows = connection.execute(sql.select(schema.secret.c.name, schema.secret.c.value))
    return {str(row.name): Hidden(row.value) for row in rows}
