"""What went in, written down as it is taken: runs of devices, images, and what people took out again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sql

from station.dossier.intake import Feeding, TakenImage
from station.store import schema

BROKEN_OFF = "broken_off"
"""Why a run ended that ended with the program."""
_FEEDING, _INTAKE = schema.feeding, schema.intake


def begin_feeding(connection: sql.Connection, feeding: Feeding) -> None:
    """A device begins to deliver."""
    row = {name: getattr(feeding, name) for name in ("id", "source", "by", "began_at", "dossier_id")}
    connection.execute(sql.insert(_FEEDING).values(row))


def end_feeding(connection: sql.Connection, feeding_id: str, fed: int, reason: str | None, at: datetime) -> None:
    """A device has ended; `fed` is what it delivered in all."""
    ended = {"fed": fed, "reason": reason, "ended_at": at}
    connection.execute(sql.update(_FEEDING).where(_FEEDING.c.id == feeding_id).values(ended))


def take(connection: sql.Connection, image: TakenImage) -> None:
    """Count an image in the transaction that writes its page: then neither can be without the other."""
    row = {name: getattr(image, name) for name in ("id", "dossier_id", "sha256", "at", "feeding")}
    connection.execute(sql.insert(_INTAKE).values(row))
    if image.feeding:
        more = sql.update(_FEEDING).where(_FEEDING.c.id == image.feeding).values(fed=_FEEDING.c.fed + 1)
        connection.execute(more)


def set_aside(connection: sql.Connection, dossier_id: str, images: Iterable[str], deed: str) -> None:
    """Somebody took these images out of the dossier."""
    _set(connection, dossier_id, images, deed)


def take_back(connection: sql.Connection, dossier_id: str, images: Iterable[str]) -> None:
    """These images are in the dossier again."""
    _set(connection, dossier_id, images, None)


def set_dossier_aside(connection: sql.Connection, dossier_id: str, deed: str) -> None:
    """All images of a dossier whose pages are about to be deleted: those taken out before keep their reason."""
    here = sql.and_(_INTAKE.c.dossier_id == dossier_id, _INTAKE.c.set_aside.is_(None))
    connection.execute(sql.update(_INTAKE).where(here).values(set_aside=deed))


def close_broken_off(connection: sql.Connection, at: datetime) -> int:
    """End the runs that ended with the program, as the store was opened again; how many."""
    open_ = _FEEDING.c.ended_at.is_(None)
    return connection.execute(sql.update(_FEEDING).where(open_).values(ended_at=at, reason=BROKEN_OFF)).rowcount


def _set(connection: sql.Connection, dossier_id: str, images: Iterable[str], deed: str | None) -> None:
    here = sql.and_(_INTAKE.c.dossier_id == dossier_id, _INTAKE.c.id.in_(list(images)))
    connection.execute(sql.update(_INTAKE).where(here).values(set_aside=deed))
