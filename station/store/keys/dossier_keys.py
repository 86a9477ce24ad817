"""The keys of page files: a random one for each dossier, so that erasing a dossier is erasing its key."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass, field

import sqlalchemy as sql

from station.store import schema
from station.store.database import Database

ID = 16
"""Bytes by which a page file says which key it is under; random, so that it tells nothing of the dossier."""
_KEY = 32
_REMEMBERED = 512
_TABLE = schema.dossier_key


@dataclass(frozen=True, slots=True)
class DossierKey:
    """An AES-256 key and the name that page files know it by."""

    id: bytes
    key: bytes = field(repr=False)


class DossierKeys:
    """Looks keys up and makes them; safe to call from several threads."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._known: OrderedDict[bytes | str, DossierKey] = OrderedDict()
        self._times_forgotten = 0

    def of(self, dossier_id: str) -> DossierKey:
        """The dossier's key, durable before this returns; made now for a dossier of before there were such keys.

        Not inside a transaction of the same thread: a page is kept before the row that names it.
        """
        known, times_forgotten = self._remembered(dossier_id)
        if known:
            return known
        with self._database.reading() as connection:
            found = of(connection, dossier_id)
        if found is None:
            with self._database.writing() as connection:
                found = of(connection, dossier_id) or make(connection, dossier_id)
        self._remember(dossier_id, found, times_forgotten)
        return found

    def named(self, key_id: bytes) -> bytes | None:
        """The key of this name; None where it was destroyed, or never was."""
        known, times_forgotten = self._remembered(key_id)
        if known:
            return known.key
        with self._database.reading() as connection:
            row = connection.execute(sql.select(_TABLE).where(_TABLE.c.id == key_id)).first()
        if row is None:
            return None
        found = DossierKey(row.id, row.key)
        self._remember(key_id, found, times_forgotten)
        return found.key

    def forget(self) -> None:
        """Remember none of them any more: some were destroyed."""
        with self._lock:
            self._known.clear()
            self._times_forgotten += 1

    def _remembered(self, name: bytes | str) -> tuple[DossierKey | None, int]:
        with self._lock:
            return self._known.get(name), self._times_forgotten

    def _remember(self, name: bytes | str, key: DossierKey, times_forgotten: int) -> None:
        with self._lock:
            if times_forgotten != self._times_forgotten:
                return  # it may have been destroyed since it was read
            self._known[name] = key
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)


def of(connection: sql.Connection, dossier_id: str) -> DossierKey | None:
    """The key of this dossier, where it has one."""
    row = connection.execute(sql.select(_TABLE).where(_TABLE.c.dossier_id == dossier_id)).first()
    return DossierKey(row.id, row.key) if row else None


def make(connection: sql.Connection, dossier_id: str) -> DossierKey:
    """A new key, in the caller's transaction: with the dossier's first row it costs no flush of its own."""
    made = DossierKey(secrets.token_bytes(ID), secrets.token_bytes(_KEY))
    connection.execute(sql.insert(_TABLE).values(id=made.id, dossier_id=dossier_id, key=made.key))
    return made
