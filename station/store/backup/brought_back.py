"""A station that was brought back from a backup goes on without ever using a number twice (0094).

What it did between the backup and the disaster is gone here, but citizens hold receipts of it and the hub may have
it. So numbers on paper go on from the next thousand, and events from above the highest one that the hub keeps; as
long as the hub cannot be asked, from so far above that nothing lost can have reached it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sql

from station.dossier.audit import AuditEntry
from station.dossier.people import STATION
from station.store import schema
from station.store.database import Database
from station.store.trail import audit

FAR = 100_000
"""Events that no counter makes between a backup and the day it is needed."""
THOUSAND = 1000
A_DAY = 300
"""Numbers of one series that no counter gives out in a day and misses in its backup."""
_EVENT = "event"
_TABLE = schema.restoration

_RAISE = sql.text("UPDATE number_series SET last = ((last + :unseen) / 1000 + 1) * 1000 WHERE name LIKE 'number/%'")
_GO_ON = sql.text(
    """
    INSERT INTO number_series (name, last) VALUES ('event', :last)
    ON CONFLICT (name) DO UPDATE SET last = max(last, excluded.last)
    """
)


@dataclass(frozen=True, slots=True)
class Restoration:
    """One time that the station was brought back. `last_event` is the newest that the backup knew.

    `hub_event` is the highest that the hub kept; None until it was asked. What lies between was lost here.
    """

    life: int
    generation: int
    backed_up_at: datetime
    restored_at: datetime
    last_event: int
    hub_event: int | None
    settled_at: datetime | None

    @property
    def lost(self) -> range:
        """The events that the hub has and this station has no more."""
        return range(self.last_event + 1, (self.hub_event or 0) + 1)


class Restorations:
    """What the sync room asks and tells; safe to call from its thread."""

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now

    def all(self) -> Sequence[Restoration]:
        """Oldest first."""
        with self._database.reading() as connection:
            return restorations(connection)

    def unsettled(self) -> bool:
        """Whether the hub has still to be asked how far this station had got."""
        with self._database.reading() as connection:
            return _unsettled(connection) is not None

    def settle(self, highest: int) -> None:
        """The hub keeps events up to this number: go on above it, and write down what was lost in between."""
        with self._database.writing() as connection:
            restoration = _unsettled(connection)
            if restoration is None:
                return
            now = self._now()
            connection.execute(_GO_ON, {"last": highest})
            said = {"hub_event": highest, "settled_at": now}
            connection.execute(sql.update(_TABLE).where(_TABLE.c.settled_at.is_(None)).values(said))
            detail: dict[str, str | int] = {"last_event": restoration.last_event, "hub_event": highest}
            if highest > restoration.last_event:
                detail |= {"lost_from": restoration.last_event + 1, "lost_to": highest}
            audit.append(connection, AuditEntry("learn_what_was_lost", STATION, now, None, detail))


def restorations(connection: sql.Connection) -> Sequence[Restoration]:
    """Oldest first."""
    rows = connection.execute(sql.select(_TABLE).order_by(_TABLE.c.life)).mappings()
    return [Restoration(**row) for row in rows]


def begin(
    connection: sql.Connection, generation: int, backed_up_at: datetime, now: datetime, detail: dict[str, str | int]
) -> None:
    """Mark a database as brought back from this generation: before anything else is written to it."""
    life = _lives(connection) + 1
    days = max((now.date() - backed_up_at.date()).days, 0) + 1
    connection.execute(_RAISE, {"unseen": A_DAY * days})
    connection.execute(
        sql.insert(_TABLE).values(
            life=life,
            generation=generation,
            backed_up_at=backed_up_at,
            restored_at=now,
            last_event=_last_event(connection),
        )
    )
    said: dict[str, str | int] = {"generation": generation, "backed_up_at": backed_up_at.isoformat(), "life": life}
    audit.append(connection, AuditEntry("restore_backup", STATION, now, None, said | detail))


def first_of_a_new_series(connection: sql.Connection) -> int:
    """Where a series begins that this database has never counted: the life that was lost may have begun it."""
    return _lives(connection) * THOUSAND + 1


def leave_room(connection: sql.Connection) -> None:
    """Before an event is numbered: go far above what was lost, as long as nobody can say how far that went."""
    restoration = _unsettled(connection)
    if restoration is not None:
        connection.execute(_GO_ON, {"last": restoration.last_event + FAR})


def _unsettled(connection: sql.Connection) -> Restoration | None:
    chosen = sql.select(_TABLE).where(_TABLE.c.settled_at.is_(None)).order_by(_TABLE.c.life.desc()).limit(1)
    row = connection.execute(chosen).mappings().first()
    return Restoration(**row) if row else None


def _lives(connection: sql.Connection) -> int:
    return int(connection.execute(sql.select(sql.func.coalesce(sql.func.max(_TABLE.c.life), 0))).scalar_one())


def _last_event(connection: sql.Connection) -> int:
    chosen = sql.select(schema.number_series.c.last).where(schema.number_series.c.name == _EVENT)
    return connection.execute(chosen).scalar() or 0
