"""Which dossiers are kept at a lawful request: a hold stays on record until the dossier itself is erased."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sql

from station.dossier.retention import Hold
from station.errors import RuleError
from station.store import schema

_TABLE = schema.legal_hold
_IN_FORCE = _TABLE.c.lifted_at.is_(None)


def place(connection: sql.Connection, hold: Hold) -> None:
    """Raises `RuleError("dossier.held")` where there is one already: it is lifted first."""
    if of(connection, hold.dossier_id) is not None:
        raise RuleError("dossier.held")
    row = {"dossier_id": hold.dossier_id, "reason": hold.reason, "by": hold.by, "at": hold.at, "until": hold.until}
    connection.execute(sql.insert(_TABLE).values(row))


def lift(connection: sql.Connection, dossier_id: str, by: str, at: datetime) -> None:
    """Raises `RuleError("dossier.not_held")` where there is none."""
    here = sql.and_(_TABLE.c.dossier_id == dossier_id, _IN_FORCE)
    lifted = connection.execute(sql.update(_TABLE).where(here).values(lifted_by=by, lifted_at=at))
    if lifted.rowcount == 0:
        raise RuleError("dossier.not_held")


def of(connection: sql.Connection, dossier_id: str) -> Hold | None:
    """The hold that nobody has lifted; its last day may be over."""
    row = connection.execute(sql.select(_TABLE).where(_TABLE.c.dossier_id == dossier_id, _IN_FORCE)).first()
    return hold_from(row) if row else None


def all_in_force(connection: sql.Connection) -> list[Hold]:
    """The newest first."""
    chosen = sql.select(_TABLE).where(_IN_FORCE).order_by(_TABLE.c.serial.desc())
    return [hold_from(row) for row in connection.execute(chosen)]


def among(connection: sql.Connection, dossier_ids: Iterable[str]) -> set[str]:
    """Which of these are held today."""
    today = sql.func.date("now", "+7 hours")
    here = sql.and_(_TABLE.c.dossier_id.in_(list(dossier_ids)), _IN_FORCE)
    lasting = sql.or_(_TABLE.c.until.is_(None), sql.cast(_TABLE.c.until, sql.Text) >= today)
    return set(connection.execute(sql.select(_TABLE.c.dossier_id).where(here, lasting)).scalars())


def hold_from(row: sql.Row[tuple[object, ...]]) -> Hold:
    """The hold of a row that has its columns."""
    return Hold(row.dossier_id, row.reason, row.by, row.at, row.until)
