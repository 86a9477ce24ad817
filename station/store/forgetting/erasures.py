"""The records of erased dossiers: kept for ever, and until `finish` with the names of files that are to go."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sql

from station.dossier.erasure import Cause, Erasure
from station.store import schema

_TABLE = schema.erasure


def keep(connection: sql.Connection, erased: Erasure, files: Iterable[str]) -> None:
    """Write one down, in the transaction that erases."""
    row = dataclasses.asdict(erased) | {"cause": erased.cause.value, "files": sorted(files)}
    connection.execute(sql.insert(_TABLE).values(row))


def unfinished(connection: sql.Connection) -> dict[str, list[str]]:
    """The ids of erased dossiers whose traces are not all cleared, with the names of their page files."""
    chosen = sql.select(_TABLE.c.dossier_id, _TABLE.c.files).where(_TABLE.c.finished_at.is_(None))
    return {row.dossier_id: row.files for row in connection.execute(chosen)}


def finished(connection: sql.Connection, dossier_ids: Iterable[str], at: datetime) -> None:
    """Nothing of these is left; the names of their files go too."""
    here = _TABLE.c.dossier_id.in_(list(dossier_ids))
    connection.execute(sql.update(_TABLE).where(here).values(files=[], finished_at=at))


def on_certificate(connection: sql.Connection, certificate: str) -> list[Erasure]:
    """In the order in which they were erased."""
    return _found(connection, sql.select(_TABLE).where(_TABLE.c.certificate == certificate))


def of_numbers(connection: sql.Connection, numbers: Sequence[str]) -> list[Erasure]:
    """Those of dossiers by the number that is on the citizen's receipt: the station's own, or the hub's."""
    here = sql.or_(_TABLE.c.number.in_(numbers), sql.and_(_TABLE.c.hub_number.in_(numbers), _TABLE.c.hub_number != ""))
    return _found(connection, sql.select(_TABLE).where(here))


def newest(connection: sql.Connection, limit: int) -> list[Erasure]:
    chosen = sql.select(_TABLE).order_by(_TABLE.c.trail_seq.desc()).limit(limit)
    return [_erasure(row) for row in connection.execute(chosen)]


def _found(connection: sql.Connection, chosen: sql.Select[tuple[object, ...]]) -> list[Erasure]:
    return [_erasure(row) for row in connection.execute(chosen.order_by(_TABLE.c.trail_seq))]


def _erasure(row: sql.Row[tuple[object, ...]]) -> Erasure:
    values = {field.name: getattr(row, field.name) for field in dataclasses.fields(Erasure)}
    return Erasure(**values | {"cause": Cause(row.cause)})
