"""What stands about the dossiers that nobody works on any more: whether the hub has them, and what is to be kept."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sql

from station.dossier.dossier import State
from station.dossier.retention import Hold, Standing
from station.store import schema

_MOMENT = schema.Moment()
_STANDINGS = sql.text(
    """
    SELECT dossier.id, dossier.state, dossier.procedure_code, dossier.procedure_version, dossier.number,
        dossier.opened_at, dossier.due_at,
        (SELECT count(*) FROM page WHERE page.dossier = dossier.serial) AS pages,
        (SELECT count(*) FROM outbox JOIN delivery USING (station, seq)
            WHERE outbox.dossier_id = dossier.id AND delivery.delivery <> 'received') AS unsent,
        (SELECT received_at FROM receipt WHERE receipt.dossier_id = dossier.id AND durable = 1
            ORDER BY seq DESC LIMIT 1) AS received_at,
        (SELECT at FROM audit WHERE audit.dossier_id = dossier.id AND deed = 'discard_dossier'
            ORDER BY seq DESC LIMIT 1) AS discarded_at,
        legal_hold.reason AS hold_reason, legal_hold.by AS hold_by, legal_hold.at AS hold_at, legal_hold.until
    FROM dossier LEFT JOIN legal_hold ON legal_hold.dossier_id = dossier.id AND legal_hold.lifted_at IS NULL
    WHERE dossier.state <> 'open' AND dossier.opened_order < :before AND (:one IS NULL OR dossier.id = :one)
    ORDER BY dossier.opened_order
    """
).columns(
    opened_at=_MOMENT, due_at=_MOMENT, received_at=_MOMENT, discarded_at=_MOMENT, hold_at=_MOMENT, until=schema.Day()
)
_EVER = 2**62
_HUB_TIME = sql.text("SELECT received_at FROM receipt ORDER BY unixepoch(received_at) DESC LIMIT 1").columns(
    received_at=_MOMENT
)


def standings(connection: sql.Connection, opened_before: datetime) -> list[Standing]:
    """Of all sealed and discarded dossiers that were opened before then, the oldest first."""
    before = int(opened_before.timestamp()) * 10**6
    return [_standing(row) for row in connection.execute(_STANDINGS, {"before": before, "one": None})]


def standing_of(connection: sql.Connection, dossier_id: str) -> Standing | None:
    """None for one that is open, or that is not there."""
    row = connection.execute(_STANDINGS, {"before": _EVER, "one": dossier_id}).first()
    return _standing(row) if row else None


def newest_hub_time(connection: sql.Connection) -> datetime | None:
    """The latest time that the hub has signed: a clock that this machine cannot set wrong."""
    return connection.execute(_HUB_TIME).scalar()


def _standing(row: sql.Row[tuple[object, ...]]) -> Standing:
    held = Hold(row.id, row.hold_reason, row.hold_by, row.hold_at, row.until) if row.hold_by else None
    return Standing(
        dossier_id=row.id,
        state=State(row.state),
        procedure_code=row.procedure_code,
        procedure_version=row.procedure_version,
        number=row.number,
        opened_at=row.opened_at,
        due_at=row.due_at,
        received_at=row.received_at,
        discarded_at=row.discarded_at,
        unsent=row.unsent,
        pages=row.pages,
        held=held,
    )
