"""What stands about the dossiers that nobody works on any more: whether the hub has them, and what is to be kept."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sql

from station.dossier.dossier import State
from station.dossier.retention import Hold, Standing
from station.store import schema

_MOMENT = schema.Moment()
_STANDINGS = """
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
    WHERE dossier.state <> 'open'
"""
_TYPES = dict.fromkeys(("opened_at", "due_at", "received_at", "discarded_at", "hold_at"), _MOMENT)
_ALL = sql.text(f"{_STANDINGS} AND dossier.opened_order < :before ORDER BY dossier.opened_order").columns(
    **_TYPES, until=schema.Day()
)
ONE = sql.text(f"{_STANDINGS} AND dossier.id = :id").columns(**_TYPES, until=schema.Day())


def standings(connection: sql.Connection, opened_before: datetime) -> list[Standing]:
    """Of all sealed and discarded dossiers that were opened before then, the oldest first."""
    before = int(opened_before.timestamp()) * 10**6
    return [_standing(row) for row in connection.execute(_ALL, {"before": before})]


def standing_of(connection: sql.Connection, dossier_id: str) -> Standing | None:
    """None for one that is open, or that is not there."""
    row = connection.execute(ONE, {"id": dossier_id}).first()
    return _standing(row) if row else None


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
