"""The keys of what goes on a stick: the station's own, to which answers are encrypted, and its hub's public one."""

from __future__ import annotations

from typing import Any

import pyrage
import sqlalchemy as sql
from sqlalchemy.dialects.sqlite import insert

from station.store import schema
from station.store.database import Database

_TABLE = schema.courier_key
_OWN = b""


class CourierKeys:
    """Rows of the encrypted database; a hub is named by its public signing key, `authority`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def own(self) -> str:
        """This station's age identity; made at the first call, and never told."""
        made = insert(_TABLE).values(authority=_OWN, key=str(pyrage.x25519.Identity.generate()))
        with self._database.writing() as connection:
            connection.execute(made.on_conflict_do_nothing())
            return str(connection.execute(_chosen(_OWN)).scalar_one())

    def of_hub(self, authority: bytes) -> str | None:
        """The age recipient of this hub, where it has told one."""
        with self._database.reading() as connection:
            told: str | None = connection.execute(_chosen(authority)).scalar()
            return told

    def learn(self, authority: bytes, recipient: str) -> None:
        """The hub has told it, signed; the newest counts."""
        told = insert(_TABLE).values(authority=authority, key=recipient)
        with self._database.writing() as connection:
            connection.execute(told.on_conflict_do_update(index_elements=["authority"], set_={"key": recipient}))


def _chosen(authority: bytes) -> sql.Select[Any]:
    return sql.select(_TABLE.c.key).where(_TABLE.c.authority == authority)
