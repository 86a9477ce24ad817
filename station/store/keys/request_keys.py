"""The keys that sign what this station asks of its hub: made here, never told; the next one waits for the hub's yes."""

from __future__ import annotations

import secrets

import sqlalchemy as sql

from station.store import schema
from station.store.database import Database

_TABLE = schema.request_key
_CURRENT, _NEXT = "current", "next"


class RequestKeys:
    """Seeds of Ed25519 keys, as rows of the encrypted database. Safe to call from the sync thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def current(self) -> bytes:
        """The one that signs; made at the first call."""
        with self._database.reading() as connection:
            seed = _seed(connection, _CURRENT)
        if seed is not None:
            return seed
        with self._database.writing() as connection:
            fresh = sql.insert(_TABLE).prefix_with("OR IGNORE")
            connection.execute(fresh.values(place=_CURRENT, seed=secrets.token_bytes(32)))
            return _seed(connection, _CURRENT) or b""

    def next(self) -> bytes | None:
        """The one that is to take its place, once the hub knows it; None: none is."""
        with self._database.reading() as connection:
            return _seed(connection, _NEXT)

    def begin_rotation(self) -> None:
        """Make another key; the one in use signs until the hub has said yes. Begun already: the same one goes on."""
        with self._database.writing() as connection:
            fresh = sql.insert(_TABLE).prefix_with("OR IGNORE")
            connection.execute(fresh.values(place=_NEXT, seed=secrets.token_bytes(32)))

    def is_told(self, authority: bytes) -> bool:
        """Whether this hub knows the key in use."""
        chosen = sql.select(_TABLE.c.told_to).where(_TABLE.c.place == _CURRENT)
        with self._database.reading() as connection:
            return connection.execute(chosen).scalar() == authority

    def told(self, authority: bytes, seed: bytes) -> None:
        """The hub counts on this key from now on: the one in use, or the next, which takes its place."""
        with self._database.writing() as connection:
            if _seed(connection, _NEXT) == seed:
                connection.execute(sql.delete(_TABLE).where(_TABLE.c.place == _CURRENT))
                moved = sql.update(_TABLE).where(_TABLE.c.place == _NEXT)
                connection.execute(moved.values(place=_CURRENT))
            here = (_TABLE.c.place == _CURRENT, _TABLE.c.seed == seed)
            connection.execute(sql.update(_TABLE).where(*here).values(told_to=authority))


def _seed(connection: sql.Connection, place: str) -> bytes | None:
    return connection.execute(sql.select(_TABLE.c.seed).where(_TABLE.c.place == place)).scalar()
