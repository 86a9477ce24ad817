"""What the hub tells, taken in: each change is written down, applied and counted in one transaction, once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sql
from sqlalchemy.dialects.sqlite import insert

from station.dossier.audit import AuditEntry
from station.dossier.hub_changes import RESTORED, HubChange
from station.errors import StoreError
from station.store import schema
from station.store.database import Database
from station.store.province import applied_changes, outbox
from station.store.rows import search
from station.store.trail import audit
from station.store.transaction import Transaction

_CURSOR, _CHANGE = schema.hub_cursor, schema.hub_change


class HubFeed:
    """`authority` is the hub's public key: another hub counts anew. Safe to call from the sync thread."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database, self._now = database, now

    def cursor(self, authority: bytes) -> int:
        """The number of the last change that was taken in; 0 before the first."""
        with self._database.reading() as connection:
            return _place(connection, authority)[0]

    def take(self, authority: bytes, station: str, changes: Iterable[HubChange]) -> frozenset[str]:
        """Keep and apply what follows on the last; what was taken in already changes nothing. The dossiers concerned.

        Signatures are the caller's to check. Raises `StoreError("store.change_missing")` for a gap: nothing is kept.
        """
        concerned: set[str] = set()
        with self._database.writing() as connection:
            cursor, life = _place(connection, authority)
            for change in changes:
                if change.cursor <= cursor:
                    continue
                if change.cursor != cursor + 1:
                    raise StoreError("store.change_missing", expected=cursor + 1, found=change.cursor)
                cursor = change.cursor
                if not _known(connection, authority, change):
                    concerned |= self._take_one(connection, authority, station, life, change)
            _move(connection, authority, cursor, life)
        return frozenset(concerned)

    def go_back(self, authority: bytes, cursor: int) -> None:
        """The hub was brought back from a backup, and counts on from here; what it signed before stays on record."""
        with self._database.writing() as connection:
            before, life = _place(connection, authority)
            if cursor < before:
                _move(connection, authority, cursor, life + 1)
                detail: dict[str, str | int] = {"before": before, "cursor": cursor}
                audit.append(connection, AuditEntry("hub_went_back", "hub", self._now(), None, detail))

    def newest_pack(self, authority: bytes) -> Mapping[str, Any] | None:
        """What the hub has told of its newest pack of procedures."""
        chosen = sql.select(_CHANGE.c.document).where(
            _CHANGE.c.authority == authority, _CHANGE.c.subject == "procedures"
        )
        with self._database.reading() as connection:
            told = [document["body"] for document in connection.execute(chosen).scalars()]
        return max(told, key=lambda body: int(body["version"]), default=None)

    def _take_one(
        self, connection: sql.Connection, authority: bytes, station: str, life: int, change: HubChange
    ) -> set[str]:
        now, dossier_id = self._now(), change.dossier_id
        here = dossier_id is not None and _is_here(connection, dossier_id)
        kept = {
            "authority": authority,
            "life": life,
            "cursor": change.cursor,
            "subject": change.subject,
            "dossier_id": dossier_id,
            # Of a dossier that was erased, or never was here, no value is kept either.
            "document": change.document if here or dossier_id is None else None,
            "kept_at": now,
        }
        connection.execute(sql.insert(_CHANGE).values(kept))
        if change.subject == RESTORED:
            return outbox.tell_again(connection, station, change.body["highest_seq"], now)
        if dossier_id is None or not here:
            return set()
        applied_changes.apply(Transaction(connection), connection, change, station, now)
        search.index_again(connection, dossier_id)
        detail: dict[str, str | int] = {"subject": change.subject, "cursor": change.cursor}
        audit.append(connection, AuditEntry("hub_change", "hub", now, dossier_id, detail))
        return {dossier_id}


def _place(connection: sql.Connection, authority: bytes) -> tuple[int, int]:
    chosen = sql.select(_CURSOR.c.cursor, _CURSOR.c.life).where(_CURSOR.c.authority == authority)
    row = connection.execute(chosen).first()
    return (row.cursor, row.life) if row else (0, 0)


def _move(connection: sql.Connection, authority: bytes, cursor: int, life: int) -> None:
    moved = insert(_CURSOR).values(authority=authority, cursor=cursor, life=life)
    there = {"cursor": cursor, "life": life}
    connection.execute(moved.on_conflict_do_update(index_elements=["authority"], set_=there))


def _known(connection: sql.Connection, authority: bytes, change: HubChange) -> bool:
    """Whether this very document was taken in before the hub went back."""
    chosen = sql.select(_CHANGE.c.document).where(
        _CHANGE.c.authority == authority, _CHANGE.c.cursor == change.cursor, _CHANGE.c.subject == change.subject
    )
    return any(document == change.document for document in connection.execute(chosen).scalars())


def _is_here(connection: sql.Connection, dossier_id: str) -> bool:
    table = schema.dossier
    return connection.execute(sql.select(table.c.serial).where(table.c.id == dossier_id)).first() is not None
