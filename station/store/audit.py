"""The audit trail (nhật ký): each line carries the SHA-256 of itself and the line before, so that an edit shows.

Cutting off the newest lines cannot be seen from inside: compare `head` with the one that was printed or sent.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sql

from station.dossier.audit import AuditEntry
from station.store import schema
from station.store.database import Database

_TABLE = schema.audit
BEFORE_THE_FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class Head:
    """The newest line: how many there are, and the hash that stands for all of them."""

    seq: int
    hash: str


class Audit:
    """Reads and checks the trail; deeds write to it through their transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def entries(self, dossier_id: str | None = None, limit: int = 1000) -> Sequence[AuditEntry]:
        """Newest first, of one dossier or of all."""
        chosen = sql.select(_TABLE).order_by(_TABLE.c.seq.desc()).limit(limit)
        if dossier_id is not None:
            chosen = chosen.where(_TABLE.c.dossier_id == dossier_id)
        with self._database.reading() as connection:
            return [_entry(row) for row in connection.execute(chosen)]

    def head(self) -> Head:
        """To be printed on the day's closing sheet or sent to the hub."""
        with self._database.reading() as connection:
            return _head(connection)

    def verify(self, expected: Head | None = None) -> int | None:
        """The `seq` of the first line that is not what was written, or None when all is well.

        With an `expected` head from outside, a trail that was cut off or rewritten as a whole is found too.
        """
        before = Head(0, BEFORE_THE_FIRST)
        with self._database.reading() as connection:
            for row in connection.execution_options(yield_per=1000).execute(sql.select(_TABLE).order_by(_TABLE.c.seq)):
                said = _said(row.deed, row.by, row.at, row.dossier_id, row.detail)
                if row.seq != before.seq + 1 or row.hash != _hash(before.hash, row.seq, said):
                    return before.seq + 1
                if expected is not None and row.seq == expected.seq and row.hash != expected.hash:
                    return expected.seq
                before = Head(row.seq, row.hash)
        return before.seq + 1 if expected is not None and before.seq < expected.seq else None


def append(connection: sql.Connection, entry: AuditEntry) -> None:
    """Write one line in the caller's transaction."""
    last = _head(connection)
    detail = json.dumps(entry.detail, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    at = entry.at.isoformat()
    said = _said(entry.deed, entry.by, at, entry.dossier_id, detail)
    connection.execute(
        sql.insert(_TABLE).values(
            seq=last.seq + 1,
            deed=entry.deed,
            by=entry.by,
            at=at,
            dossier_id=entry.dossier_id,
            detail=detail,
            hash=_hash(last.hash, last.seq + 1, said),
        )
    )


def _head(connection: sql.Connection) -> Head:
    newest = sql.select(_TABLE.c.seq, _TABLE.c.hash).order_by(_TABLE.c.seq.desc()).limit(1)
    row = connection.execute(newest).first()
    return Head(row.seq, row.hash) if row else Head(0, BEFORE_THE_FIRST)


def _said(deed: str, by: str, at: str, dossier_id: str | None, detail: str) -> list[str | None]:
    return [deed, by, at, dossier_id, detail]


def _hash(before: str, seq: int, said: list[str | None]) -> str:
    # JSON keeps the parts apart: «ab», «c» and «a», «bc» are different lines.
    line = json.dumps([before, seq, *said], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(line.encode()).hexdigest()


def _entry(row: sql.Row[tuple[object, ...]]) -> AuditEntry:
    return AuditEntry(
        deed=row.deed,
        by=row.by,
        at=datetime.fromisoformat(row.at),
        dossier_id=row.dossier_id,
        detail=json.loads(row.detail),
    )
