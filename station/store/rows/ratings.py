"""What citizens said of the service: one word a dossier, kept apart from the sealed dossier, which never changes."""

from __future__ import annotations

import sqlalchemy as sql
from sqlalchemy.dialects.sqlite import insert

from station.dossier.service import Rating
from station.store import schema


def keep(connection: sql.Connection, rating: Rating) -> None:
    """Write it, over an earlier word on the same dossier."""
    values = {"score": rating.score, "at": rating.at}
    written = insert(schema.rating).values(dossier_id=rating.dossier_id, **values)
    connection.execute(written.on_conflict_do_update(index_elements=["dossier_id"], set_=values))


def rating_of(connection: sql.Connection, dossier_id: str) -> Rating | None:
    chosen = sql.select(schema.rating).where(schema.rating.c.dossier_id == dossier_id)
    row = connection.execute(chosen).mappings().first()
    return Rating(**row) if row else None
