"""The audit trail (nhật ký): each line carries the SHA-256 of itself and the line before, so that an edit shows.

Cutting off the newest lines cannot be seen from inside, and whoever holds the data key could write it all anew: so
signed heads leave the station with every call to the hub and on every closing sheet (0090).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

import sqlalchemy as sql

from station.dossier.audit import AuditEntry
from station.dossier.trail import BEFORE_THE_FIRST, Line, SignedHead, line_hash
from station.dossier.trail_check import FORMAT
from station.errors import StoreError
from station.store import schema
from station.store.database import Database
from station.store.keys.trail_key import TrailKey

_TABLE = schema.audit
_SIGNED = schema.trail_checkpoint

SIGN_IN = "sign_in"
"""The line with which a sitting begins."""
EVERY = 100
"""Lines after which the head is signed and kept, whoever asks for it."""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest line: how many there are, and the hash that stands for all of them."""

    seq: int
    hash: str


class Audit:
    """Reads, checks and signs the trail; deeds write to it through their transaction."""

    def __init__(self, database: Database, key: TrailKey, now: Callable[[], datetime]) -> None:
        self._database, self._key, self._now = database, key, now
        self._told: SignedHead | None = None

    @property
    def public_key(self) -> bytes:
        """By which the signed heads of this station are known; 32 raw bytes."""
        return self._key.public

    def entries(
        self, dossier_id: str | None = None, limit: int = 1000, by: str | None = None, day: date | None = None
    ) -> Sequence[AuditEntry]:
        """Newest first: of one dossier, one person or one day, or of all."""
        chosen = sql.select(_TABLE).order_by(_TABLE.c.seq.desc()).limit(limit)
        for column, wanted in ((_TABLE.c.dossier_id, dossier_id), (_TABLE.c.by, by)):
            if wanted is not None:
                chosen = chosen.where(column == wanted)
        if day is not None:
            chosen = chosen.where(_TABLE.c.at.startswith(day.isoformat()))
        with self._database.reading() as connection:
            return [_entry(row) for row in connection.execute(chosen)]

    def people(self) -> Sequence[str]:
        """Everybody who stands in the trail."""
        with self._database.reading() as connection:
            return list(connection.execute(sql.select(_TABLE.c.by).distinct().order_by(_TABLE.c.by)).scalars())

    def days(self) -> Sequence[date]:
        """The days that have lines, newest first."""
        day = sql.func.substr(_TABLE.c.at, 1, 10)
        with self._database.reading() as connection:
            found = connection.execute(sql.select(day).distinct().order_by(day.desc())).scalars()
            return [date.fromisoformat(one) for one in found]

    def dossier_called(self, number: str) -> str:
        """The id of the dossier with this number; where there is none, what was asked for may be an id itself."""
        kept, erased = schema.dossier, schema.erasure
        with self._database.reading() as connection:
            for chosen in (
                sql.select(kept.c.id).where(kept.c.number == number),
                sql.select(erased.c.dossier_id).where(erased.c.number == number),
            ):
                if (found := connection.execute(chosen).scalar()) is not None:
                    return str(found)
        return number

    def numbers(self, dossier_ids: Collection[str]) -> Mapping[str, str]:
        """The numbers of those that have one; an erased dossier's stands on its certificate."""
        kept, erased = schema.dossier, schema.erasure
        asked = list(dossier_ids)
        with self._database.reading() as connection:
            rows = [
                *connection.execute(
                    sql.select(erased.c.dossier_id, erased.c.number).where(erased.c.dossier_id.in_(asked))
                ),
                *connection.execute(sql.select(kept.c.id, kept.c.number).where(kept.c.id.in_(asked))),
            ]
        return {str(dossier_id): str(number) for dossier_id, number in rows if number}

    def has_line_since_sign_in(self, like: AuditEntry) -> bool:
        """Whether this person has, since they last signed in, a line on the same dossier, or the same line on none."""
        trail = _TABLE.c
        signed_in = sql.select(sql.func.max(trail.seq)).where(trail.by == like.by, trail.deed == SIGN_IN)
        since = sql.func.coalesce(signed_in.scalar_subquery(), 0)
        same = sql.select(trail.seq).where(trail.by == like.by, trail.seq > since).limit(1)
        if like.dossier_id is not None:
            same = same.where(trail.dossier_id == like.dossier_id)
        else:
            same = same.where(trail.deed == like.deed, trail.detail == _detail(like))
        with self._database.reading() as connection:
            return connection.execute(same).first() is not None

    def told_alike(self, like: AuditEntry, limit: int = 1000) -> Sequence[AuditEntry]:
        """The lines of the same deed with the same detail, whoever did it; newest first."""
        trail = _TABLE.c
        same = sql.select(_TABLE).where(trail.deed == like.deed, trail.detail == _detail(like))
        with self._database.reading() as connection:
            return [_entry(row) for row in connection.execute(same.order_by(trail.seq.desc()).limit(limit))]

    def head(self) -> Head:
        """The newest line as it stands now."""
        with self._database.reading() as connection:
            return _head(connection)

    def signed_head(self) -> SignedHead:
        """To be printed on the day's closing sheet (its `short` and `text`) and sent to the hub; writes nothing."""
        head = self.head()
        return self._key.sign(head.seq, head.hash, self._now())

    def head_to_tell(self) -> str | None:
        """The text of the signed head for the hub, signed again only when there are new lines.

        None where the store cannot be read now: what is sent does not wait for it.
        """
        told = self._told
        try:
            head = self.head()
        except StoreError:
            return None
        if told is None or (told.seq, told.hash) != (head.seq, head.hash):
            self._told = told = self._key.sign(head.seq, head.hash, self._now())
        return told.text

    def checkpoint(self) -> SignedHead:
        """Sign the head and keep the signature beside the trail: at the end of a shift, at the end of the program."""
        with self._database.writing() as connection:
            return self._checkpoint(connection, _head(connection))

    def checkpoint_when_due(self, connection: sql.Connection) -> None:
        """In the transaction that wrote lines: sign the head once there are enough new ones."""
        head = _head(connection)
        if head.seq - _last_signed(connection) >= EVERY:
            self._checkpoint(connection, head)

    def export(self, station: str) -> Iterator[str]:
        """The trail as JSON Lines: what it is, each line, each signed head after its line, the head as it is now."""
        with self._database.reading() as connection:
            at = self._now()
            yield _json({"trail": FORMAT, "station": station, "exported_at": at.isoformat(timespec="seconds")})
            signed = {row.seq: row.text for row in connection.execute(sql.select(_SIGNED))}
            last = Head(0, BEFORE_THE_FIRST)
            for line in _lines(connection):
                yield _json(asdict(line))
                last = Head(line.seq, line.hash)
                if line.seq in signed:
                    yield _json({"head": signed[line.seq]})
            yield _json({"head": self._key.sign(last.seq, last.hash, at).text})

    def verify(self, expected: Head | None = None) -> int | None:
        """See `first_broken`."""
        return first_broken(self._database, expected)

    def _checkpoint(self, connection: sql.Connection, head: Head) -> SignedHead:
        signed = self._key.sign(head.seq, head.hash, self._now())
        if head.seq:
            row = {"seq": head.seq, "text": signed.text}
            connection.execute(sql.insert(_SIGNED).prefix_with("OR IGNORE").values(row))
        return signed


def first_broken(database: Database, expected: Head | None = None) -> int | None:
    """The `seq` of the first line that is not what was written, or None when all is well.

    With an `expected` head from outside, a trail that was cut off or written anew as a whole is found too.
    """
    before = Head(0, BEFORE_THE_FIRST)
    with database.reading() as connection:
        for line in _lines(connection):
            if line.seq != before.seq + 1 or not line.follows(before.hash):
                return before.seq + 1
            if expected is not None and line.seq == expected.seq and line.hash != expected.hash:
                return expected.seq
            before = Head(line.seq, line.hash)
    return before.seq + 1 if expected is not None and before.seq < expected.seq else None


def append(connection: sql.Connection, entry: AuditEntry) -> Head:
    """Write one line in the caller's transaction; the head that it makes."""
    last = _head(connection)
    said = (entry.deed, entry.by, entry.at.isoformat(), entry.dossier_id, _detail(entry))
    line = Line(last.seq + 1, *said, line_hash(last.hash, last.seq + 1, *said))
    connection.execute(sql.insert(_TABLE).values(asdict(line)))
    return Head(line.seq, line.hash)


def _head(connection: sql.Connection) -> Head:
    newest = sql.select(_TABLE.c.seq, _TABLE.c.hash).order_by(_TABLE.c.seq.desc()).limit(1)
    row = connection.execute(newest).first()
    return Head(row.seq, row.hash) if row else Head(0, BEFORE_THE_FIRST)


def _last_signed(connection: sql.Connection) -> int:
    newest = sql.select(_SIGNED.c.seq).order_by(_SIGNED.c.seq.desc()).limit(1)
    return connection.execute(newest).scalar() or 0


def _lines(connection: sql.Connection) -> Iterator[Line]:
    chosen = sql.select(_TABLE).order_by(_TABLE.c.seq)
    for row in connection.execution_options(yield_per=1000).execute(chosen):
        yield Line(row.seq, row.deed, row.by, row.at, row.dossier_id, row.detail, row.hash)


def _detail(entry: AuditEntry) -> str:
    return json.dumps(entry.detail, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _json(said: dict[str, object]) -> str:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"))


def _entry(row: sql.Row[tuple[object, ...]]) -> AuditEntry:
    return AuditEntry(
        deed=row.deed,
        by=row.by,
        at=datetime.fromisoformat(row.at),
        dossier_id=row.dossier_id,
        detail=json.loads(row.detail),
    )
