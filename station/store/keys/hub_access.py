"""What the hub knows this station by, kept: tokens and request keys that were, that are, and that come next."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

import sqlalchemy as sql

from station.dossier.hub_identity import HubIdentities, HubIdentity
from station.store import schema
from station.store.database import Database

_TABLE = schema.hub_access
_FORMER, _CURRENT, _NEXT = "former", "current", "next"


class HubAccess:
    """Rows of the encrypted database. `enrolled` is the token of the settings: another one there begins anew.

    Safe to call from the sync thread.
    """

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database, self._now = database, now

    def identities(self, enrolled: str) -> HubIdentities:
        """Made at the first call."""
        rows = self._rows()
        former = rows.get(_FORMER)
        return HubIdentities(
            _identity(rows[_CURRENT], enrolled),
            _identity(rows[_NEXT], enrolled),
            _identity(former, enrolled) if former else None,
        )

    def request_seed(self) -> bytes:
        """Of the key in use, for who has no token yet."""
        return bytes(self._rows()[_CURRENT].seed)

    def change_wanted(self) -> bool:
        """Whether the next is to take the place of the one in use, once the hub knows it."""
        return bool(self._rows()[_NEXT].wanted)

    def want_change(self, *, fresh: bool = False) -> None:
        """`fresh`: by what nobody can have copied before. A change that has begun goes on as it is."""
        self._rows()
        values: dict[str, object] = {"wanted": True}
        if fresh:
            values |= {"seed": secrets.token_bytes(32), "token": secrets.token_urlsafe(32)}
        waiting = (_TABLE.c.place == _NEXT, _TABLE.c.wanted.is_(False))
        with self._database.writing() as connection:
            connection.execute(sql.update(_TABLE).where(*waiting).values(values))

    def changed_at(self) -> datetime | None:
        """Since when the one in use counts; None: the hub has not heard of it."""
        at: datetime | None = self._rows()[_CURRENT].since
        return at

    def is_told(self, authority: bytes, enrolled: str) -> bool:
        """Whether this hub knows the key in use."""
        row = self._rows()[_CURRENT]
        return bool(row.told_to == authority and row.enrolled in (None, _digest(enrolled)))

    def told(self, authority: bytes, enrolled: str) -> None:
        """The hub counts on the key in use."""
        with self._database.writing() as connection:
            values = {"told_to": authority, "since": self._now(), "enrolled": _digest(enrolled)}
            connection.execute(sql.update(_TABLE).where(_TABLE.c.place == _CURRENT).values(values))

    def took(self, authority: bytes, enrolled: str, identity: HubIdentity) -> None:
        """The hub knows the station by this one alone: the next takes its place, and another one is made."""
        here = (_TABLE.c.place == _NEXT, _TABLE.c.seed == identity.seed, _TABLE.c.token == identity.token)
        with self._database.writing() as connection:
            if connection.execute(sql.select(_TABLE.c.place).where(*here)).first() is None:
                return
            connection.execute(sql.delete(_TABLE).where(_TABLE.c.place == _FORMER))
            _move(connection, _CURRENT, {"place": _FORMER})
            counts = {"told_to": authority, "since": self._now(), "enrolled": _digest(enrolled), "wanted": False}
            _move(connection, _NEXT, {"place": _CURRENT, **counts})
            _stock(connection)

    def _rows(self) -> dict[str, Any]:
        with self._database.reading() as connection:
            rows = _read(connection)
        if {_CURRENT, _NEXT} <= rows.keys():
            return rows
        with self._database.writing() as connection:
            _stock(connection)
            return _read(connection)


def _read(connection: sql.Connection) -> dict[str, Any]:
    return {row.place: row for row in connection.execute(sql.select(_TABLE))}


def _stock(connection: sql.Connection) -> None:
    """Make what is not there. The first has no token of its own: it is known by the one that it is enrolled with."""
    fresh = sql.insert(_TABLE).prefix_with("OR IGNORE")
    for place, token in ((_CURRENT, None), (_NEXT, secrets.token_urlsafe(32))):
        connection.execute(fresh.values(place=place, seed=secrets.token_bytes(32), token=token, wanted=False))


def _move(connection: sql.Connection, place: str, values: dict[str, object]) -> None:
    connection.execute(sql.update(_TABLE).where(_TABLE.c.place == place).values(values))


def _identity(row: Any, enrolled: str) -> HubIdentity:
    """A token that was changed since the station was enrolled with this one, or this one."""
    counts = row.token is not None and row.enrolled in (None, _digest(enrolled))
    return HubIdentity(row.token if counts else enrolled, row.seed)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
